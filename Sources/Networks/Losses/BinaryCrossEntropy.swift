import CKernels
import Tensors

/// Cross-entropy of each output's sigmoid with a one-hot target, mean over the outputs: PyTorch's `BCEWithLogitsLoss`.
///
/// One output does for two classes: its sigmoid is the second one's probability.
package struct BinaryCrossEntropy: Loss {
    package static let kind = "binary-cross-entropy"

    package init() {}

    package var reading: OutputReading { .sigmoid }

    package var description: String { Self.kind }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        try requireOutput(output, targets, takesOne: true)
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        rows.evaluate { cairn_binary_cross_entropy($0) }
    }
}
