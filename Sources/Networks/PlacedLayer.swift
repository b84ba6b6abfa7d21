import Tensors

/// A layer with its place in a network: its name, its shapes and the tensors it owns.
package struct PlacedLayer {
    package let layer: any Layer
    /// How its weights are drawn; nil for the model's way.
    package let initializer: Initializer?
    /// `conv2`, or `residual1.conv2` within a block.
    package let name: String
    /// How many blocks it lies in: 0 for a layer of the model itself.
    package let depth: Int
    /// What it computes with.
    package let source: Source
    /// What a residual block adds to its source; nil for every other layer.
    package let shortcut: Source?
    /// Of one image. A block's is what the block gets.
    package let input: Shape
    /// Of one image.
    package let output: Shape
    /// Trained, in the order of the layer's declarations.
    package let parameters: [Parameter]
    /// Running statistics.
    package let buffers: [Parameter]
    /// Of one image, without those of layers within.
    package let multiplyAdds: Int

    /// Scalars that are trained.
    package var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.count } }
}

/// Where a layer's input comes from.
package enum Source: Hashable, Sendable {
    /// The images.
    case images
    /// The output of the layer with this index in `Network.layers`.
    case layer(Int)
}
