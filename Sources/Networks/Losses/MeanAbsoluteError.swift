import CKernels
import Tensors

/// Distance of each output from its one-hot target, mean over the outputs: PyTorch's `L1Loss`.
package struct MeanAbsoluteError: Loss {
    package static let kind = "mae"

    package init() {}

    package var reading: OutputReading { .scores }

    package var description: String { Self.kind }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        try requireOutput(output, targets)
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        rows.evaluate { cairn_absolute_error($0) }
    }
}
