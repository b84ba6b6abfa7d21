/// Adam (Kingma & Ba, 2015) with L2 added to the gradient, as in PyTorch's `Adam`.
package struct Adam: OptimizerSettings {
    package static let kind = "adam"

    package var rate: Double
    /// How much of the gradient's mean stays from step to step.
    package var beta1: Double
    /// How much of the squared gradient's mean stays from step to step.
    package var beta2: Double
    /// Keeps the division from overflowing.
    package var epsilon: Double
    /// PyTorch's `weight_decay`.
    package var l2: Double

    package init(
        rate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        l2: Double = 0
    ) {
        self.rate = rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.l2 = l2
    }

    package var rules: [any UpdateRule] {
        (l2 > 0 ? [L2(Float(l2))] : []) + [
            AdaptiveMoments(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
        ]
    }

    package func check() throws(TrainingError) {
        try Training.check("rate", rate, rate >= 0, "0 or more")
        try Training.check("beta1", beta1, (0..<1).contains(Float(beta1)), "in 0..<1")
        try Training.check("beta2", beta2, (0..<1).contains(Float(beta2)), "in 0..<1")
        try Training.check("epsilon", epsilon, Float(epsilon) > 0, "more than 0")
        try Training.check("l2", l2, l2 >= 0, "0 or more")
    }

    package var description: String {
        let usual = Adam()
        return "adam rate=\(rate)" + (beta1 != usual.beta1 ? " beta1=\(beta1)" : "")
            + (beta2 != usual.beta2 ? " beta2=\(beta2)" : "")
            + (epsilon != usual.epsilon ? " epsilon=\(epsilon)" : "") + (l2 > 0 ? " l2=\(l2)" : "")
    }
}
