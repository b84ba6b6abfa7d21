import CKernels
import Tensors

/// Binary cross-entropy that counts little what is right already: `-a (1 - p)^gamma log p`, where `p` is the probability
/// that an output's sigmoid gives its one-hot target, mean over the outputs (Lin et al., 2017).
///
/// As torchvision's `sigmoid_focal_loss` with reduction `mean`. One output does for two classes.
package struct Focal: Loss {
    package static let kind = "focal"

    /// What a target of 1 counts, 0...1; a target of 0 counts `1 - alpha`. Both count 1 if it is nil.
    package let alpha: Float?
    /// 0 or more; 0 is binary cross-entropy.
    package let gamma: Float

    private static let defaults = Focal()

    package init(alpha: Float? = 0.25, gamma: Float = 2) {
        self.alpha = alpha
        self.gamma = gamma
    }

    package var reading: OutputReading { .sigmoid }

    package var description: String {
        Self.kind + (gamma == Self.defaults.gamma ? "" : " gamma=\(gamma)")
            + (alpha == Self.defaults.alpha ? "" : " alpha=\(alpha.map { "\($0)" } ?? "off")")
    }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        guard alpha.map({ (0...1).contains($0) }) ?? true else {
            throw .setting("alpha", found: "\(alpha ?? 0)", allowed: "in 0...1, or `off`")
        }
        guard gamma >= 0, gamma.isFinite else {
            throw .setting("gamma", found: "\(gamma)", allowed: "0 or more")
        }
        try requireOutput(output, targets, takesOne: true)
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        rows.evaluate { cairn_focal($0, alpha ?? -1, gamma) }
    }
}
