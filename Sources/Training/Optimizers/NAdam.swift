/// Adam with Nesterov's momentum (Dozat, 2016), as in PyTorch's `NAdam`.
package struct NAdam: OptimizerSettings {
    package static let kind = "nadam"

    package var rate: Double
    package var moments: Moments
    /// How fast the momentum rises from half of `beta1` to `beta1`.
    package var momentumDecay: Double
    package var regularization: Regularization

    package init(
        rate: Double = 0.002, moments: Moments = Moments(), momentumDecay: Double = 0.004,
        regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.moments = moments
        self.momentumDecay = momentumDecay
        self.regularization = regularization
    }

    package var settings: [Setting] {
        moments.settings + [Setting("momentum-decay", momentumDecay, .nonNegative, usual: 0.004)]
    }

    package var rules: [any UpdateRule] { [NesterovMoments(moments, momentumDecay: momentumDecay)] }
}
