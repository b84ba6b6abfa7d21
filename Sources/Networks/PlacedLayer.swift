import Tensors

/// A layer with its place in a network: its name, its shapes and the tensors it owns.
package struct PlacedLayer {
    package let layer: any Layer
    /// `conv2`.
    package let name: String
    /// Of one image.
    package let input: Shape
    /// Of one image.
    package let output: Shape
    /// Trained, in the order of the layer's declarations.
    package let parameters: [Parameter]
    /// Running statistics.
    package let buffers: [Parameter]
    /// Of one image.
    package let multiplyAdds: Int

    /// Scalars that are trained.
    package var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.count } }
}
