/// The gradient over the root of all squares so far (Duchi, Hazan & Singer, 2011), as in PyTorch's `Adagrad`.
package struct Adagrad: OptimizerSettings {
    package static let kind = "adagrad"

    package var rate: Double
    /// At step t the rate is divided by `1 + (t - 1) rateDecay`.
    package var rateDecay: Double
    /// Keeps the division from overflowing.
    package var epsilon: Double
    package var regularization: Regularization

    package init(
        rate: Double = 0.01, rateDecay: Double = 0, epsilon: Double = 1e-10,
        regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.rateDecay = rateDecay
        self.epsilon = epsilon
        self.regularization = regularization
    }

    package var settings: [Setting] {
        [
            Setting("rate-decay", rateDecay, .nonNegative, usual: 0),
            Setting("epsilon", epsilon, .positive, usual: 1e-10),
        ]
    }

    package var rules: [any UpdateRule] { [SummedSquares(epsilon: epsilon, rateDecay: rateDecay)] }
}
