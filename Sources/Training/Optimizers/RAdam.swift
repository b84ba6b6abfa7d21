/// Adam with a rectified start (Liu et al., 2020), as in PyTorch's `RAdam`.
package struct RAdam: OptimizerSettings {
    package static let kind = "radam"

    package var rate: Double
    package var moments: Moments
    package var regularization: Regularization

    package init(
        rate: Double = 0.001, moments: Moments = Moments(), regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.moments = moments
        self.regularization = regularization
    }

    package var settings: [Setting] { moments.settings }
    package var rules: [any UpdateRule] { [RectifiedMoments(moments)] }
}
