import CKernels

/// `y = x` above 0, `alpha (e^x - 1)` elsewhere: PyTorch's `ELU`. (Clevert, Unterthiner & Hochreiter, 2016.)
package struct ELU: Activation {
    package static let kind = "elu"

    /// What `-y` tends to for small `x`; any finite number.
    package let alpha: Float

    package init(alpha: Float = 1) { self.alpha = alpha }

    package var description: String { "elu" + (alpha == 1 ? "" : " alpha=\(alpha)") }

    var function: cairn_activation { cairn_activation(kind: cairn_elu, a: alpha, b: 1) }
    var neededConstants: String? { alpha.isFinite ? nil : "a finite alpha, not \(alpha)" }
}
