import Networks
import Tensors

/// The weights of a convolution, filter by filter.
package struct Filters: Sendable {
    package let layer: String
    /// `[filters, channels, K_y, K_x]`, PyTorch's order; of a transposed convolution its filters are those of the way back.
    package let weight: Tensor

    package var count: Int { weight.shape[0] }
    /// Channels that each filter reads.
    package var channels: Int { weight.shape[1] }

    /// Nil if the layer is no convolution.
    package init?(of layer: PlacedLayer) {
        guard let parameter = layer.parameters.first, parameter.value.shape.rank == 4 else { return nil }
        self.layer = layer.name
        weight = parameter.layout.exported(parameter.value)
    }

    /// Of each filter over its channels: `sqrt(sum over c of w[c]^2)` at each place of the kernel, `[K_y, K_x]`.
    package func energy(of filter: Int) -> Tensor {
        let maps = weight.part(filter)
        return maps.rootOfSquares
    }
}
