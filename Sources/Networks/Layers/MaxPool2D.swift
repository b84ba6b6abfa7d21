import CKernels
import Tensors

/// The largest value of each window, channel by channel; padding never wins.
///
/// Shapes: `[H, W, C]` -> `[H', W', C]`. The gradient goes to the first of equal values.
package struct MaxPool2D: Layer {
    package static let kind = "maxpool"

    private let pooling: Pooling

    /// The stride is the kernel unless given.
    package init(kernel: Size, stride: Size? = nil, padding: Padding = .valid) {
        pooling = Pooling(kernel: kernel, stride: stride, padding: padding)
    }

    package var description: String { "maxpool \(pooling.arguments)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        let output = try pooling.outputShape(for: input)
        // The kernels remember the winner of a window in one byte.
        guard pooling.taps <= 255 else {
            throw ShapeError(found: input, needed: "a kernel of at most 255 values, not \(pooling.taps)")
        }
        return output
    }

    /// Whether it takes windows of 2x2 side by side and leaves out incomplete ones.
    func halves(_ input: Shape) -> Bool { pooling.halves(input) }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        MaxPoolOperation(pooling.kernelGeometry(for: layer), layer, batchSize: settings.batchSize)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("MaxPool", inputs, pooling.operatorAttributes(for: layer.input))
    }
}

/// Remembers the winner of every window for the way back.
private final class MaxPoolOperation: Operation {
    private let geometry: Buffer<cairn_pooling>
    private let winners: Buffer<UInt8>

    init(_ geometry: Buffer<cairn_pooling>, _ layer: PlacedLayer, batchSize: Int) {
        self.geometry = geometry
        winners = Buffer(zeros: batchSize * layer.output.count)
    }

    func forward(_ pass: Pass) {
        if pass.mode.goesBack {
            pass.forEachShard(self) { layer, shard in
                cairn_maxpool_forward(
                    layer.geometry.pointer, shard.count, shard.input, shard.output, layer.winners(shard))
            }
        } else {
            pass.forEachShard(self) { layer, shard in
                cairn_maxpool_forward(layer.geometry.pointer, shard.count, shard.input, shard.output, nil)
            }
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            cairn_maxpool_backward(
                layer.geometry.pointer, shard.count, gradients.output, layer.winners(shard), gradients.input)
        }
    }

    private func winners(_ shard: Shard) -> UnsafeMutablePointer<UInt8> {
        winners.pointer + shard.images.lowerBound * shard.outputSize
    }
}
