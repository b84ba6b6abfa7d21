import CKernels
import Tensors

/// In training zeroes each channel of each image with `probability` and divides the others by `1 - probability`; in
/// evaluation changes nothing (Tompson et al., 2015; PyTorch's `Dropout2d`).
///
/// Shapes: `[H, W, C]`, unchanged.
package struct SpatialDropout: Layer {
    package static let kind = "spatialdropout"

    /// At least 0, below 1.
    package let probability: Float

    package init(probability: Float = 0.5) { self.probability = probability }

    package var description: String { "spatialdropout \(probability)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input.rank == 3 else { throw ShapeError(imageNeeded: input) }
        try DropoutMask.check(probability, for: input)
        return input
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        SpatialDropoutOperation(layer, probability: probability)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        inputs[0]
    }
}

/// Keeps no mask: backward draws the same one again.
private final class SpatialDropoutOperation: Operation {
    private let pixels: Int
    private let channels: Int
    private var mask: DropoutMask

    init(_ layer: PlacedLayer, probability: Float) {
        pixels = layer.input[0] * layer.input[1]
        channels = layer.input[2]
        mask = DropoutMask(layer, probability: probability)
    }

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
        cairn_spatial_dropout(
            shard.count, pixels, channels, source, mask.probability, mask.key,
            UInt64(shard.images.lowerBound * channels), destination)
    }
}
