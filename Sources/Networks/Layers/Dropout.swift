import CKernels
import Tensors

/// In training zeroes each value with `probability` and divides the others by `1 - probability`; in evaluation
/// changes nothing (Srivastava et al., 2014; PyTorch's `Dropout`).
package struct Dropout: Layer {
    package static let kind = "dropout"

    package let probability: Float

    package init(probability: Float = 0.5) { self.probability = probability }

    package var description: String { "dropout \(probability)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        // Not 1: everything would be zero, and 1 / (1 - p) infinite.
        guard probability >= 0, probability < 1 else {
            throw ShapeError(
                found: input, needed: "a probability of at least 0 and below 1, not \(probability)")
        }
        return input
    }

    package func makeOperation(for layer: PlacedLayer, batchSize: Int) -> any Operation {
        DropoutOperation(layer, probability: probability)
    }
}

/// Keeps no mask: backward draws the same one again.
private final class DropoutOperation: Operation {
    private let probability: Float
    private let scalarsPerImage: Int
    /// Two dropout layers draw different masks from one stream.
    private let name: String
    private var key: UInt64 = 0

    init(_ layer: PlacedLayer, probability: Float) {
        self.probability = probability
        scalarsPerImage = layer.output.count
        name = layer.name
    }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        guard case .training(var stream) = pass.mode else {
            pass.forEachShard { _, images, _ in
                let first = images.lowerBound * scalarsPerImage
                (pass.output + first).update(from: pass.input + first, count: images.count * scalarsPerImage)
            }
            return
        }
        key = RandomStream(key: stream.next()).derived(name).key
        drop(pass, from: pass.input, to: pass.output)
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        guard let inputGradient = gradients.input else { return }
        drop(pass, from: gradients.output, to: inputGradient)
    }

    private func drop(
        _ pass: Pass, from source: UnsafePointer<Float>, to destination: UnsafeMutablePointer<Float>
    ) {
        pass.forEachShard { _, images, _ in
            let first = images.lowerBound * scalarsPerImage
            cairn_dropout(
                images.count * scalarsPerImage, source + first, probability, key, UInt64(first),
                destination + first)
        }
    }
}
