import CKernels
import Tensors

/// In training zeroes each value with `probability` and divides the others by `1 - probability`; in evaluation
/// changes nothing (Srivastava et al., 2014; PyTorch's `Dropout`).
package struct Dropout: Layer {
    package static let kind = "dropout"

    /// At least 0, below 1.
    package let probability: Float

    package init(probability: Float = 0.5) { self.probability = probability }

    package var description: String { "dropout \(probability)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try DropoutMask.check(probability, for: input)
        return input
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        DropoutOperation(layer, probability: probability)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        inputs[0]
    }
}

/// Keeps no mask: backward draws the same one again.
private final class DropoutOperation: Operation {
    private var mask: DropoutMask

    init(_ layer: PlacedLayer, probability: Float) { mask = DropoutMask(layer, probability: probability) }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        guard pass.mode.isTraining else {
            pass.forEachShard(self) { _, shard in
                shard.output.update(from: shard.input, count: shard.outputCount)
            }
            return
        }
        mask.draw(pass.mode)
        pass.forEachShard(self) { layer, shard in layer.drop(shard, from: shard.input, to: shard.output) }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        guard pass.mode.isTraining else {
            pass.forEachShard(self, gradients) { _, shard, gradients in
                gradients.input?.update(from: gradients.output, count: shard.outputCount)
            }
            return
        }
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            guard let inputGradient = gradients.input else { return }
            layer.drop(shard, from: gradients.output, to: inputGradient)
        }
    }

    private func drop(
        _ shard: Shard, from source: UnsafePointer<Float>, to destination: UnsafeMutablePointer<Float>
    ) {
        let first = UInt64(shard.images.lowerBound * shard.outputSize)
        cairn_dropout(shard.outputCount, source, mask.probability, mask.key, first, destination)
    }
}
