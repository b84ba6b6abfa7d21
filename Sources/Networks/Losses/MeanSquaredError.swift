import CKernels
import Tensors

/// Squared distance of each output from its one-hot target, mean over the outputs: PyTorch's `MSELoss`.
package struct MeanSquaredError: Loss {
    package static let kind = "mse"

    package init() {}

    package var reading: OutputReading { .scores }

    package var description: String { Self.kind }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        try requireOutput(output, targets)
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        rows.evaluate { cairn_squared_error($0) }
    }
}
