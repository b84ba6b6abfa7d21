import CKernels
import Tensors

/// The largest value of each channel over the whole image: PyTorch's `AdaptiveMaxPool2d(1)` with `Flatten` after it.
///
/// Shapes: `[H, W, C]` -> `[C]`. The gradient goes to the first of equal values.
package struct GlobalMaxPool: Layer {
    package static let kind = "globalmaxpool"

    package init() {}

    package var description: String { "globalmaxpool" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input.rank == 3 else { throw ShapeError(imageNeeded: input) }
        return [input[2]]
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        GlobalMaxPoolOperation(layer, batchSize: settings.batchSize)
    }
}

/// Remembers the pixel with each channel's largest value for the way back.
private final class GlobalMaxPoolOperation: Operation {
    private let pixels: Int
    private let channels: Int
    private let winners: Buffer<Int32>

    init(_ layer: PlacedLayer, batchSize: Int) {
        pixels = layer.input[0] * layer.input[1]
        channels = layer.input[2]
        winners = Buffer(zeros: batchSize * channels)
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            cairn_global_maxpool_forward(
                shard.count, layer.pixels, layer.channels, shard.input, shard.output, layer.winners(shard))
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            cairn_global_maxpool_backward(
                shard.count, layer.pixels, layer.channels, gradients.output, layer.winners(shard),
                gradients.input)
        }
    }

    private func winners(_ shard: Shard) -> UnsafeMutablePointer<Int32> {
        winners.pointer + shard.images.lowerBound * channels
    }
}
