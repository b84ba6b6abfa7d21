import CKernels
import Tensors

/// The mean of each window, channel by channel; padding counts as zeros (PyTorch's `count_include_pad=True`).
///
/// Shapes: `[H, W, C]` -> `[H', W', C]`.
package struct AvgPool2D: Layer {
    package static let kind = "avgpool"

    private let pooling: Pooling

    /// The stride is the kernel unless given.
    package init(kernel: Size, stride: Size? = nil, padding: Padding = .valid) {
        pooling = Pooling(kernel: kernel, stride: stride, padding: padding)
    }

    package var description: String { "avgpool \(pooling.arguments)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try pooling.outputShape(for: input)
    }

    package func makeOperation(for layer: PlacedLayer, batchSize: Int) -> any Operation {
        AvgPoolOperation(pooling.kernelGeometry(for: layer), layer)
    }
}

/// Needs nothing but the gradient for the way back.
private final class AvgPoolOperation: Operation {
    private let geometry: Buffer<cairn_pooling>
    private let inputCount: Int
    private let outputCount: Int

    init(_ geometry: Buffer<cairn_pooling>, _ layer: PlacedLayer) {
        self.geometry = geometry
        inputCount = layer.input.count
        outputCount = layer.output.count
    }

    func forward(_ pass: Pass) {
        pass.forEachShard { _, images, _ in
            cairn_avgpool_forward(
                geometry.pointer, images.count, pass.input + images.lowerBound * inputCount,
                pass.output + images.lowerBound * outputCount)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        guard let inputGradient = gradients.input else { return }
        pass.forEachShard { _, images, _ in
            cairn_avgpool_backward(
                geometry.pointer, images.count, gradients.output + images.lowerBound * outputCount,
                inputGradient + images.lowerBound * inputCount)
        }
    }
}
