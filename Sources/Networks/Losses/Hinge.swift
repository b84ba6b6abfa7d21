import CKernels
import Tensors

/// How far the label's output fails to be `margin` above each other one: `max(0, margin - x[label] + x)^power`, summed
/// over the others and divided by the number of classes: PyTorch's `MultiMarginLoss` (Weston & Watkins, 1999).
package struct Hinge: Loss {
    package static let kind = "hinge"

    package let margin: Float
    /// 1 or 2; PyTorch's `p`.
    package let power: Int

    private static let defaults = Hinge()

    package init(margin: Float = 1, power: Int = 1) {
        self.margin = margin
        self.power = power
    }

    package var reading: OutputReading { .scores }

    package var description: String {
        Self.kind + (margin == Self.defaults.margin ? "" : " margin=\(margin)")
            + (power == Self.defaults.power ? "" : " power=\(power)")
    }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        guard margin > 0, margin.isFinite else {
            throw .setting("margin", found: "\(margin)", allowed: "above 0")
        }
        guard (1...2).contains(power) else { throw .setting("power", found: "\(power)", allowed: "1 or 2") }
        try requireOutput(output, targets)
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        rows.evaluate { cairn_hinge($0, margin, Int32(power)) }
    }
}
