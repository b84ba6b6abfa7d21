import CKernels
import Tensors

/// The mean of each window, channel by channel; padding counts as zeros unless it is left out (PyTorch's
/// `count_include_pad`).
///
/// Shapes: `[H, W, C]` -> `[H', W', C]`.
package struct AvgPool2D: Layer {
    package static let kind = "avgpool"

    private let pooling: Pooling
    private let countsPadding: Bool

    /// The stride is the kernel unless given.
    package init(kernel: Size, stride: Size? = nil, padding: Padding = .valid, countsPadding: Bool = true) {
        pooling = Pooling(kernel: kernel, stride: stride, padding: padding)
        self.countsPadding = countsPadding
    }

    package var description: String {
        "avgpool \(pooling.arguments)\(countsPadding ? "" : " count-padding=false")"
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try pooling.outputShape(for: input)
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        AvgPoolOperation(pooling.kernelGeometry(for: layer, leavesOutPadding: !countsPadding))
    }
}

/// Needs nothing but the gradient for the way back.
final class AvgPoolOperation: Operation {
    private let geometry: Buffer<cairn_pooling>

    init(_ geometry: Buffer<cairn_pooling>) { self.geometry = geometry }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            cairn_avgpool_forward(layer.geometry.pointer, shard.count, shard.input, shard.output)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            cairn_avgpool_backward(layer.geometry.pointer, shard.count, gradients.output, gradients.input)
        }
    }
}
