/// How long Adam and its relatives remember: PyTorch's `betas` and `eps`.
package struct Moments: Hashable, Sendable, Codable {
    /// How much of the gradient's mean stays from step to step.
    package var beta1: Double
    /// How much of the squared gradient's mean stays from step to step.
    package var beta2: Double
    /// Keeps the division from overflowing.
    package var epsilon: Double

    package init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    /// The same for all that have both, so that a change from one to another keeps them.
    static let slotNames = ["first_moment", "second_moment"]

    var settings: [Setting] {
        let usual = Moments()
        return [
            Setting("beta1", beta1, .shareBelowOne, usual: usual.beta1),
            Setting("beta2", beta2, .shareBelowOne, usual: usual.beta2),
            Setting("epsilon", epsilon, .positive, usual: usual.epsilon),
        ]
    }
}
