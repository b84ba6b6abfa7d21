import CKernels

/// `y = ln(1 + e^(beta x)) / beta`, and `x` itself where `beta x > threshold`: PyTorch's `Softplus`.
/// (Dugas et al., 2001.)
package struct Softplus: Activation {
    package static let kind = "softplus"

    /// Above 0.
    package let beta: Float
    /// Where the line begins; at least 0.
    package let threshold: Float

    private static let defaults = Softplus()

    package init(beta: Float = 1, threshold: Float = 20) {
        self.beta = beta
        self.threshold = threshold
    }

    package var description: String {
        "softplus" + (beta == Self.defaults.beta ? "" : " beta=\(beta)")
            + (threshold == Self.defaults.threshold ? "" : " threshold=\(threshold)")
    }

    var function: cairn_activation { cairn_activation(kind: cairn_softplus, a: beta, b: threshold) }

    var neededConstants: String? {
        guard beta > 0, beta.isFinite else { return "a beta above 0, not \(beta)" }
        guard threshold >= 0, threshold.isFinite else { return "a threshold of at least 0, not \(threshold)" }
        return nil
    }
}
