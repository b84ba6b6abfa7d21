import CKernels
import Tensors

/// Half the squared distance `d` of each output from its one-hot target, and from `delta` on a straight line,
/// `delta (d - delta / 2)`; mean over the outputs: PyTorch's `HuberLoss` (Huber, 1964).
package struct Huber: Loss {
    package static let kind = "huber"

    /// Above 0.
    package let delta: Float

    package init(delta: Float = 1) { self.delta = delta }

    package var reading: OutputReading { .scores }

    package var description: String { Self.kind + (delta == 1 ? "" : " delta=\(delta)") }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        guard delta > 0, delta.isFinite else {
            throw .setting("delta", found: "\(delta)", allowed: "above 0")
        }
        try requireOutput(output, targets)
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        rows.evaluate { cairn_huber($0, delta) }
    }
}
