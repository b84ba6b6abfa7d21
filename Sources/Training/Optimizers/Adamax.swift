/// Adam with a maximum in place of the mean square (Kingma & Ba, 2015), as in PyTorch's `Adamax`.
package struct Adamax: OptimizerSettings {
    package static let kind = "adamax"

    package var rate: Double
    package var moments: Moments
    package var regularization: Regularization

    package init(
        rate: Double = 0.002, moments: Moments = Moments(), regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.moments = moments
        self.regularization = regularization
    }

    package var settings: [Setting] { moments.settings }
    package var rules: [any UpdateRule] { [MaximumMoments(moments)] }
}
