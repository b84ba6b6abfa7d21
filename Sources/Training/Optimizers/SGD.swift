/// Stochastic gradient descent: `w = w - rate g`, with momentum and Nesterov's momentum as in PyTorch's `SGD`; its
/// `weight_decay` is `l2`.
package struct SGD: OptimizerSettings {
    package static let kind = "sgd"

    package var rate: Double
    /// 0 for none.
    package var momentum: Double
    /// The share of the gradient that stays out of the momentum.
    package var dampening: Double
    package var isNesterov: Bool
    package var regularization: Regularization

    package init(
        rate: Double = 0.01, momentum: Double = 0, dampening: Double = 0, isNesterov: Bool = false,
        regularization: Regularization = Regularization()
    ) {
        self.rate = rate
        self.momentum = momentum
        self.dampening = dampening
        self.isNesterov = isNesterov
        self.regularization = regularization
    }

    package var settings: [Setting] {
        [
            Setting("momentum", momentum, isNesterov ? .nesterovMomentum : .shareBelowOne, usual: 0),
            Setting("dampening", dampening, isNesterov ? .zeroWithNesterov : .share, usual: 0),
            Setting("nesterov", isNesterov),
        ]
    }

    package var rules: [any UpdateRule] {
        momentum > 0 ? [Momentum(momentum, dampening: dampening, isNesterov: isNesterov)] : []
    }
}

extension Setting.Bounds {
    fileprivate static let nesterovMomentum = Setting.Bounds(
        "more than 0 and less than 1 with Nesterov's form of it"
    ) {
        $0 > 0 && Float($0) < 1
    }
    fileprivate static let zeroWithNesterov = Setting.Bounds("0 with Nesterov's momentum") { $0 == 0 }
}
