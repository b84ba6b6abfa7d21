import Tensors

/// A layer with its place in a network: its name, its shapes and the tensors it owns.
package struct PlacedLayer {
    package let layer: any Layer
    /// How its weights are drawn; nil for the model's way.
    package let initializer: Initializer?
    /// `conv2`, or `residual1.conv2` within a block.
    package let name: String
    /// What it computes with: one value, or several where they are joined.
    package let sources: [Source]
    /// Of one image. Where values are joined it is what came in before.
    package let input: Shape
    /// Of one image.
    package let output: Shape
    /// Trained, in the order of the layer's declarations.
    package let parameters: [Parameter]
    /// Running statistics.
    package let buffers: [Parameter]
    /// Of one image, without those of layers within.
    package let multiplyAdds: Int

    /// The first of its sources.
    package var source: Source { sources[0] }
    /// The sources after the first.
    package var others: [Source] { Array(sources.dropFirst()) }

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
