/// Stochastic gradient descent: `w = w - rate g`, with momentum, Nesterov's momentum and L2 as in PyTorch's `SGD`.
package struct SGD: OptimizerSettings {
    package static let kind = "sgd"

    package var rate: Double
    /// 0 for none.
    package var momentum: Double
    package var isNesterov: Bool
    /// PyTorch's `weight_decay`.
    package var l2: Double

    package init(rate: Double, momentum: Double = 0, isNesterov: Bool = false, l2: Double = 0) {
        self.rate = rate
        self.momentum = momentum
        self.isNesterov = isNesterov
        self.l2 = l2
    }

    package var rules: [any UpdateRule] {
        (l2 > 0 ? [L2(Float(l2))] : [])
            + (momentum > 0 ? [Momentum(Float(momentum), isNesterov: isNesterov)] : [])
    }

    package func check() throws(TrainingError) {
        try Training.check("rate", rate, rate >= 0, "0 or more")
        try Training.check("momentum", momentum, (0..<1).contains(Float(momentum)), "in 0..<1")
        try Training.check("l2", l2, l2 >= 0, "0 or more")
        if isNesterov, momentum == 0 {
            throw .setting("momentum", found: "0", allowed: "more than 0 with Nesterov's form of it")
        }
    }

    package var description: String {
        "sgd rate=\(rate)" + (momentum > 0 ? " momentum=\(momentum)" : "")
            + (isNesterov ? " nesterov=true" : "")
            + (l2 > 0 ? " l2=\(l2)" : "")
    }
}
