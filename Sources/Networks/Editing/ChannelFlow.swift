/// Which channels a layer makes its own from; after `flatten`, features stand in the place of channels.
package enum ChannelFlow: Hashable, Sendable {
    /// So many in a row from each of the input's, and from no other: activations, pooling, batch norm, `flatten`,
    /// depthwise convolutions.
    case each(copies: Int)
    /// Each from one of the input's and from what its group of them has in common.
    case normalized(groups: Int)
    /// Each from one of the input's and from the sum over all: softmax.
    case competing
    /// As many as the layer was declared with, each from all of the input's, or from all of its group of them.
    case mixed(groups: Int)
    /// Each from one of every value that is joined.
    case sum
    /// Those of the values that are joined, one after the other.
    case concatenation
}
