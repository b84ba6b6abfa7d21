import CKernels

/// `y = x P(X <= x)` for normal `X`: PyTorch's `GELU`. (Hendrycks & Gimpel, 2016.)
package struct GELU: Activation {
    package static let kind = "gelu"

    /// How the normal distribution is computed.
    package enum Approximation: String, CaseIterable, Sendable {
        /// By the error function: `x (1 + erf(x / sqrt(2))) / 2`.
        case none
        /// `x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2`
        case tanh
    }

    package let approximation: Approximation

    package init(approximation: Approximation = .none) { self.approximation = approximation }

    package var description: String {
        "gelu" + (approximation == .none ? "" : " approximate=\(approximation.rawValue)")
    }

    var function: cairn_activation {
        cairn_activation(kind: approximation == .none ? cairn_gelu : cairn_gelu_tanh, a: 0, b: 0)
    }
}
