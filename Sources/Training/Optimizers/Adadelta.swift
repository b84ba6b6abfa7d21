/// Steps as large as those before, by root mean squares of both (Zeiler, 2012), as in PyTorch's `Adadelta`.
package struct Adadelta: OptimizerSettings {
    package static let kind = "adadelta"

    package var rate: Double
    /// How much of both means of squares stays from step to step.
    package var rho: Double
    /// Keeps the division from overflowing, and makes the first step.
    package var epsilon: Double
    package var regularization: Regularization

    package init(
        rate: Double = 1, rho: Double = 0.9, epsilon: Double = 1e-6,
        regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.rho = rho
        self.epsilon = epsilon
        self.regularization = regularization
    }

    package var settings: [Setting] {
        [
            Setting("rho", rho, .shareBelowOne, usual: 0.9),
            Setting("epsilon", epsilon, .positive, usual: 1e-6),
        ]
    }

    package var rules: [any UpdateRule] { [AdaptiveSteps(rho: rho, epsilon: epsilon)] }
}
