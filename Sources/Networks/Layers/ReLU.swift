import CKernels
import Tensors

/// `y = max(x, 0)`; NaN stays NaN, and the gradient at 0 is 0.
package struct ReLU: Layer {
    package static let kind = "relu"

    package init() {}

    package var description: String { "relu" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

    package func makeOperation(for layer: PlacedLayer, batchSize: Int) -> any Operation {
        ReLUOperation(layer)
    }
}

/// The `relu` that no layer before it absorbs.
private final class ReLUOperation: Operation {
    private let scalarsPerImage: Int

    init(_ layer: PlacedLayer) { scalarsPerImage = layer.output.count }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        pass.forEachShard { _, images, _ in
            let first = images.lowerBound * scalarsPerImage
            cairn_relu_forward(images.count * scalarsPerImage, pass.input + first, pass.output + first)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        guard let inputGradient = gradients.input else { return }
        pass.forEachShard { _, images, _ in
            let first = images.lowerBound * scalarsPerImage
            cairn_relu_backward(
                images.count * scalarsPerImage, pass.output + first, gradients.output + first,
                inputGradient + first)
        }
    }
}
