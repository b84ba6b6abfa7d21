import Tensors

/// Some images of a set, ready for a network.
package struct Batch: Sendable {
    /// `[capacity, H, W, C]`, normalised and augmented; the first `count` images count.
    package internal(set) var images: Tensor
    /// One for each image that counts.
    package internal(set) var labels: [Int32]
    /// Where its first image stands in the order of the pass.
    package internal(set) var position: Int

    package var count: Int { labels.count }
}
