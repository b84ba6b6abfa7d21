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

    func addOperators(on input: String, to graph: inout OperatorGraph) -> String {
        func product(_ a: String, _ b: String) -> String { graph.add("Mul", [a, b]) }
        let inner: String
        switch approximation {
        case .none:
            inner = graph.add("Erf", [product(input, graph.constant(Float(0.5).squareRoot(), "scale"))])
        case .tanh:
            let cube = product(product(input, input), product(input, graph.constant(0.044715, "cubic")))
            let sum = graph.add("Add", [input, cube])
            inner = graph.add("Tanh", [product(sum, graph.constant((2 / Float.pi).squareRoot(), "scale"))])
        }
        let share = graph.add("Add", [inner, graph.constant(1, "one")])
        return product(product(input, share), graph.constant(0.5, "half"))
    }
}
