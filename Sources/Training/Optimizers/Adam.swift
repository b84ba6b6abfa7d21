/// Adam (Kingma & Ba, 2015), as in PyTorch's `Adam`; its `weight_decay` is `l2`.
package struct Adam: OptimizerSettings {
    package static let kind = "adam"

    package var rate: Double
    package var moments: Moments
    /// Whether the largest mean square so far counts, instead of the present one (Reddi, Kale & Kumar, 2018).
    package var isAMSGrad: Bool
    package var regularization: Regularization

    package init(
        rate: Double = 0.001, moments: Moments = Moments(), isAMSGrad: Bool = false,
        regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.moments = moments
        self.isAMSGrad = isAMSGrad
        self.regularization = regularization
    }

    package var settings: [Setting] { moments.settings + [Setting("amsgrad", isAMSGrad)] }
    package var rules: [any UpdateRule] { [AdaptiveMoments(moments, isAMSGrad: isAMSGrad)] }
}
