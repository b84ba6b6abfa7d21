/// Adam with decoupled decay, 0.01 unless given (Loshchilov & Hutter, 2019), as in PyTorch's `AdamW`.
package struct AdamW: OptimizerSettings {
    package static let kind = "adamw"
    package static let usualRegularization = Regularization(decay: 0.01)

    package var rate: Double
    package var moments: Moments
    /// Whether the largest mean square so far counts, instead of the present one (Reddi, Kale & Kumar, 2018).
    package var isAMSGrad: Bool
    package var regularization: Regularization

    package init(
        rate: Double = 0.001, moments: Moments = Moments(), isAMSGrad: Bool = false,
        regularization: Regularization = Self.usualRegularization
    ) {
        self.rate = rate
        self.moments = moments
        self.isAMSGrad = isAMSGrad
        self.regularization = regularization
    }

    package var settings: [Setting] { moments.settings + [Setting("amsgrad", isAMSGrad)] }
    package var rules: [any UpdateRule] { [AdaptiveMoments(moments, isAMSGrad: isAMSGrad)] }
}
