/// The gradient over its root mean square (Hinton, 2012), as in PyTorch's `RMSprop`.
package struct RMSprop: OptimizerSettings {
    package static let kind = "rmsprop"

    package var rate: Double
    /// How much of the squared gradient's mean stays from step to step.
    package var alpha: Double
    /// Keeps the division from overflowing.
    package var epsilon: Double
    /// Of the scaled gradients; 0 for none.
    package var momentum: Double
    /// Whether the gradient's own mean is taken out of its mean square (Graves, 2013).
    package var isCentered: Bool
    package var regularization: Regularization

    package init(
        rate: Double = 0.01, alpha: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
        isCentered: Bool = false, regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.alpha = alpha
        self.epsilon = epsilon
        self.momentum = momentum
        self.isCentered = isCentered
        self.regularization = regularization
    }

    package var settings: [Setting] {
        [
            Setting("alpha", alpha, .shareBelowOne, usual: 0.99),
            Setting("epsilon", epsilon, .positive, usual: 1e-8),
            Setting("momentum", momentum, .shareBelowOne, usual: 0), Setting("centered", isCentered),
        ]
    }

    package var rules: [any UpdateRule] {
        [RootMeanSquare(alpha: alpha, epsilon: epsilon, isCentered: isCentered)]
            + (momentum > 0 ? [Momentum(momentum, slotName: "step_momentum")] : [])
    }
}
