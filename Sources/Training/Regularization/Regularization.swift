/// What keeps weights small, beside whatever the optimizer does; all of it off at first.
package struct Regularization: Hashable, Sendable, Codable {
    /// Which parameters it is about.
    package enum Target: String, Hashable, Sendable, Codable, CaseIterable {
        /// Biases and the scales of normalisation too, as PyTorch does unless told otherwise.
        case all
        /// Only parameters with two or more axes.
        case weights
    }

    /// Adds `l1 sign(w)` to the gradient: the gradient of `l1 |w|`.
    package var l1: Double
    /// Adds `l2 w` to the gradient: that of `l2 / 2 |w|²`, PyTorch's `weight_decay` but for AdamW's.
    package var l2: Double
    /// Makes each weight smaller by `rate decay w` at each step, apart from the gradient (Loshchilov & Hutter, 2019).
    package var decay: Double
    /// The largest length of the weights of a filter or unit, restored after each step (Srebro & Shraibman, 2005);
    /// 0 for none. Biases and scales have no length.
    package var maxNorm: Double
    package var target: Target

    package init(
        l1: Double = 0, l2: Double = 0, decay: Double = 0, maxNorm: Double = 0, target: Target = .all
    ) {
        self.l1 = l1
        self.l2 = l2
        self.decay = decay
        self.maxNorm = maxNorm
        self.target = target
    }

    func settings(usual: Regularization) -> [Setting] {
        [
            Setting("l1", l1, .nonNegative, usual: usual.l1),
            Setting("l2", l2, .nonNegative, usual: usual.l2),
            Setting("decay", decay, .nonNegative, usual: usual.decay),
            Setting("max-norm", maxNorm, .nonNegative, usual: usual.maxNorm),
            Setting("regularize", target.rawValue, usual: usual.target.rawValue),
        ]
    }

    /// Before the optimizer's own rules.
    var rulesOnGradient: [any UpdateRule] {
        (l2 > 0 ? [Penalty(l2: Float(l2), target)] : []) + (l1 > 0 ? [Penalty(l1: Float(l1), target)] : [])
    }

    /// After them.
    var rulesOnDirection: [any UpdateRule] {
        // w - rate (direction + decay w) = (1 - rate decay) w - rate direction
        decay > 0 ? [Penalty(l2: Float(decay), target)] : []
    }
}
