import CKernels
import Tensors

/// A layer that maps every number by one function that learns nothing: a file in `Layers/Activations` with a formula,
/// and a `cairn_activation` that computes it.
protocol Activation: Layer {
    /// The function with its constants.
    var function: cairn_activation { get }

    /// What its constants need to be, in words, if they are something else: `a beta above 0, not 0`.
    var neededConstants: String? { get }
}

extension Activation {
    var neededConstants: String? { nil }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        if let neededConstants { throw ShapeError(found: input, needed: neededConstants) }
        return input
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        ActivationOperation(function)
    }
}

private final class ActivationOperation: Operation {
    private let function: cairn_activation

    init(_ function: cairn_activation) { self.function = function }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            cairn_activation_forward(layer.function, shard.outputCount, shard.input, shard.output)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            cairn_activation_backward(
                layer.function, shard.outputCount, shard.input, shard.output, gradients.output,
                gradients.input)
        }
    }
}
