/// Steps of one size, by the sign of a mean gradient (Chen et al., 2023).
package struct Lion: OptimizerSettings {
    package static let kind = "lion"

    package var rate: Double
    /// How much of the mean counts in a step, beside the gradient.
    package var beta1: Double
    /// How much of the mean stays from step to step.
    package var beta2: Double
    package var regularization: Regularization

    package init(
        rate: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99,
        regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.regularization = regularization
    }

    package var settings: [Setting] {
        [
            Setting("beta1", beta1, .shareBelowOne, usual: 0.9),
            Setting("beta2", beta2, .shareBelowOne, usual: 0.99),
        ]
    }

    package var rules: [any UpdateRule] { [SignedMean(beta1: beta1, beta2: beta2)] }
}
