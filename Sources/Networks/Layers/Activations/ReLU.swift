import CKernels
import Tensors

/// `y = max(x, 0)`; NaN stays NaN, and the gradient at 0 is 0.
package struct ReLU: Layer {
    package static let kind = "relu"

    package init() {}

    package var description: String { "relu" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        ReLUOperation()
    }
}

/// The `relu` that no layer before it absorbs.
private final class ReLUOperation: Operation {
    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { _, shard in cairn_relu_forward(shard.outputCount, shard.input, shard.output)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { _, shard, gradients in
            cairn_relu_backward(shard.outputCount, shard.output, gradients.output, gradients.input)
        }
    }
}
