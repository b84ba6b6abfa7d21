import Tensors

/// Layers in order, their names, and the tensors they own.
///
/// Layers are numbered by kind as PyTorch users number them by hand: `conv1`, `relu1`, `conv2`. A block's layers come
/// before it: `residual1.conv1`, `residual1.shortcut.conv1`, `residual1`. A name that is given takes the place of kind
/// and number.
package final class Network {
    package let name: String
    /// Of one image.
    package let input: Shape
    /// As they were declared, blocks whole, names and all: what stands in the braces of `model`.
    package let declaration: [any Layer]
    /// In an order in which they can be computed.
    package let layers: [PlacedLayer]
    /// Trained, in order of layers.
    package let parameters: [Parameter]
    /// Running statistics: saved, not trained.
    package let buffers: [Parameter]

    /// Parameters and buffers of one model: 600 MB, and a convolution's gradients take nine times its weights.
    package static let largestParameterCount = 150_000_000
    /// Values that the layers give for one image, all together.
    package static let largestActivationCount = 1 << 26

    /// - Throws: `ShapeError` of the first layer that does not fit, before any tensor is made.
    package init(
        name: String, input: Shape, layers: [any Layer], initializer: Initializer, random: RandomStream
    ) throws(ShapeError) {
        let placements = try Placer.place(layers, after: input)
        self.name = name
        self.input = input
        declaration = layers
        self.layers = placements.map { placement in
            let tensors = placement.layer.parameters(for: placement.input)
            return PlacedLayer(
                layer: placement.layer, initializer: placement.initializer, name: placement.name,
                sources: placement.sources, input: placement.input,
                output: placement.output,
                parameters: tensors.filter(\.isTrained).map { Parameter($0, of: placement.name) },
                buffers: tensors.filter { !$0.isTrained }.map { Parameter($0, of: placement.name) },
                multiplyAdds: placement.layer.multiplyAdds(for: placement.input))
        }
        parameters = self.layers.flatMap(\.parameters)
        buffers = self.layers.flatMap(\.buffers)
        initialize(initializer, random: random)
    }

    /// Of one image.
    package var output: Shape { layers.last?.output ?? input }

    /// Draws every weight anew, sets biases and running statistics to their start, and zeroes the gradients.
    ///
    /// Each parameter has a stream of its own, named after it: the same stream gives the same weights, and a layer
    /// added at the end changes no other's.
    ///
    /// `initializer` is that of the layers that declare none of their own, or of all if `overriding`. Only the layers
    /// with these names are drawn, if names are given; the others keep their numbers.
    package func initialize(
        _ initializer: Initializer, random: RandomStream, layers names: [String]? = nil,
        overriding: Bool = false
    ) {
        for layer in layers where names?.contains(layer.name) != false {
            let own = overriding ? initializer : layer.initializer ?? initializer
            // Both are in the order of declaration, trained tensors first.
            let declarations = layer.layer.parameters(for: layer.input)
            for (declaration, parameter) in zip(declarations, layer.parameters + layer.buffers) {
                parameter.value = own.start(
                    of: declaration, random: random.derived(parameter.name))
            }
        }
        zeroGradients()
    }

    /// Backward passes add to what is there: to be called before each batch.
    package func zeroGradients() {
        for parameter in parameters {
            parameter.gradient.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        }
    }
}
