import CommandLanguage
import Training

/// The visible list of optimizers: a new one is a file in `Training/Optimizers`, its word here, and one fixture.
///
/// What all of them take, such as `l2`, is declared once, in `regularizationArguments`.
let optimizerWords: [Word<any OptimizerSettings>] = [
    sgd, adam, adamw, amsgrad, nadam, radam, adamax, rmsprop, adagrad, adadelta, lion,
]

private let setup = smallModelSetup

private func rate(_ value: Double) -> Argument {
    Argument("rate", .number(.atLeast(0)), "learning rate: how far each step goes", default: .number(value))
}

private func share(_ name: String, _ summary: String, _ value: Double) -> Argument {
    Argument(name, .number(.within(0..<1)), summary, default: .number(value))
}

private func epsilon(_ value: Double) -> Argument {
    Argument("epsilon", .number(.above(0)), "keeps the division away from zero", default: .number(value))
}

private let momentArguments = [
    share("beta1", "memory of the mean gradient", 0.9),
    share("beta2", "memory of the mean squared gradient", 0.999), epsilon(1e-8),
]

private let amsgradArgument = Argument(
    "amsgrad", .boolean, "divide by the largest mean square so far", default: .boolean(false))

extension Call {
    fileprivate var moments: Moments {
        Moments(beta1: number("beta1"), beta2: number("beta2"), epsilon: number("epsilon"))
    }
}

private let sgd = Word<any OptimizerSettings>(
    Signature(
        "sgd", "Follow the negative gradient, with momentum if asked.",
        details: """
            v = momentum · v + (1 − dampening) · g; weight −= rate · v. With nesterov: weight −= rate · (g + momentum · v). \
            As PyTorch's SGD. (Polyak, 1964; Nesterov, 1983; Sutskever et al., 2013)
            """,
        keywords: ["stochastic gradient descent"],
        arguments: [
            rate(0.01), share("momentum", "how much of the last step goes on", 0),
            Argument(
                "dampening", .number(.within(0...1)), "share of the gradient that stays out of the momentum",
                default: .number(0)),
            Argument("nesterov", .boolean, "look ahead along the momentum", default: .boolean(false)),
        ],
        examples: [.init("optimizer sgd rate=0.1 momentum=0.9 nesterov=true", setup: setup)])
) { call, _ in
    SGD(
        rate: call.number("rate"), momentum: call.number("momentum"), dampening: call.number("dampening"),
        isNesterov: call.boolean("nesterov"), regularization: call.regularization)
}

private let adam = Word<any OptimizerSettings>(
    Signature(
        "adam", "Scale each parameter's step by running means of its gradient and squared gradient.",
        details: """
            m = beta1 · m + (1 − beta1) · g; v = beta2 · v + (1 − beta2) · g²; \
            weight −= rate · m̂ / (√v̂ + epsilon), with m̂ and v̂ corrected for their start at zero. As PyTorch's Adam. \
            0.001 is a safe first rate. (Kingma & Ba, 2015)
            """,
        keywords: ["adaptive", "moments"],
        arguments: [rate(0.001)] + momentArguments + [amsgradArgument],
        examples: [
            .init("optimizer adam rate=0.003 l2=1e-4", setup: setup),
            .init("optimizer adam amsgrad=true", setup: setup),
        ])
) { call, _ in
    Adam(
        rate: call.number("rate"), moments: call.moments, isAMSGrad: call.boolean("amsgrad"),
        regularization: call.regularization)
}

private let adamw = Word<any OptimizerSettings>(
    Signature(
        "adamw", "Adam with weight decay apart from the gradient.",
        details: """
            Adam, and each step also takes rate · decay · weight off a weight, whatever its gradients were. As PyTorch's \
            AdamW. (Loshchilov & Hutter, 2019)
            """,
        keywords: ["adaptive", "decoupled", "overfitting"],
        arguments: [rate(0.001)] + momentArguments + [amsgradArgument, decayArgument(default: 0.01)],
        examples: [.init("optimizer adamw decay=0.05 regularize=weights", setup: setup)])
) { call, _ in
    AdamW(
        rate: call.number("rate"), moments: call.moments, isAMSGrad: call.boolean("amsgrad"),
        regularization: call.regularization)
}

private let amsgrad = Word<any OptimizerSettings>(
    Signature(
        "amsgrad", "Adam that divides by the largest mean square so far.",
        details: "Another word for `adam amsgrad=true`. (Reddi, Kale & Kumar, 2018)", keywords: ["adaptive"],
        arguments: [rate(0.001)] + momentArguments,
        examples: [.init("optimizer amsgrad rate=0.002", setup: setup)])
) { call, _ in
    Adam(
        rate: call.number("rate"), moments: call.moments, isAMSGrad: true, regularization: call.regularization
    )
}

private let nadam = Word<any OptimizerSettings>(
    Signature(
        "nadam", "Adam with Nesterov's momentum.",
        details: """
            Adam's step with the mean looked ahead by one step; the momentum rises to beta1: μ(t) = beta1 · (1 − ½ · \
            0.96^(t · momentum-decay)). As PyTorch's NAdam. (Dozat, 2016)
            """,
        keywords: ["adaptive", "nesterov"],
        arguments: [rate(0.002)] + momentArguments + [
            Argument(
                "momentum-decay", .number(.atLeast(0)), "how fast the momentum rises", default: .number(0.004)
            )
        ],
        examples: [.init("optimizer nadam", setup: setup)])
) { call, _ in
    NAdam(
        rate: call.number("rate"), moments: call.moments, momentumDecay: call.number("momentum-decay"),
        regularization: call.regularization)
}

private let radam = Word<any OptimizerSettings>(
    Signature(
        "radam", "Adam that warms up by itself.",
        details: """
            While the mean square is known from few steps, its share in the step is smaller, and at the very start none. \
            As PyTorch's RAdam. (Liu et al., 2020)
            """,
        keywords: ["adaptive", "rectified", "warmup"],
        arguments: [rate(0.001)] + momentArguments,
        examples: [.init("optimizer radam rate=0.002", setup: setup)])
) { call, _ in
    RAdam(rate: call.number("rate"), moments: call.moments, regularization: call.regularization)
}

private let adamax = Word<any OptimizerSettings>(
    Signature(
        "adamax", "Scale each parameter's step by its largest recent gradient.",
        details: """
            m = beta1 · m + (1 − beta1) · g; u = max(beta2 · u, |g| + epsilon); weight −= rate · m̂ / u. As PyTorch's \
            Adamax. (Kingma & Ba, 2015)
            """,
        keywords: ["adaptive", "infinity"],
        arguments: [rate(0.002)] + momentArguments,
        examples: [.init("optimizer adamax", setup: setup)])
) { call, _ in
    Adamax(rate: call.number("rate"), moments: call.moments, regularization: call.regularization)
}

private let rmsprop = Word<any OptimizerSettings>(
    Signature(
        "rmsprop", "Scale each parameter's step by its root mean square gradient.",
        details: """
            v = alpha · v + (1 − alpha) · g²; d = g / (√v + epsilon); weight −= rate · d, or with momentum b = momentum · b \
            + d; weight −= rate · b. Centered, the squared mean of g is taken off v. As PyTorch's RMSprop. (Hinton, \
            2012; Graves, 2013)
            """,
        keywords: ["adaptive"],
        arguments: [
            rate(0.01), share("alpha", "memory of the mean squared gradient", 0.99), epsilon(1e-8),
            share("momentum", "how much of the last step goes on", 0),
            Argument("centered", .boolean, "divide by the deviation instead", default: .boolean(false)),
        ],
        examples: [.init("optimizer rmsprop rate=0.001 momentum=0.9", setup: setup)])
) { call, _ in
    RMSprop(
        rate: call.number("rate"), alpha: call.number("alpha"), epsilon: call.number("epsilon"),
        momentum: call.number("momentum"), isCentered: call.boolean("centered"),
        regularization: call.regularization)
}

private let adagrad = Word<any OptimizerSettings>(
    Signature(
        "adagrad", "Scale each parameter's step by all its gradients so far.",
        details: """
            s = s + g²; weight −= rate / (1 + (t − 1) · rate-decay) · g / (√s + epsilon). Steps only get smaller. As \
            PyTorch's Adagrad. (Duchi, Hazan & Singer, 2011)
            """,
        keywords: ["adaptive"],
        arguments: [
            rate(0.01),
            Argument(
                "rate-decay", .number(.atLeast(0)), "how fast the rate falls beside that", default: .number(0)
            ),
            epsilon(1e-10),
        ],
        examples: [.init("optimizer adagrad rate=0.05", setup: setup)])
) { call, _ in
    Adagrad(
        rate: call.number("rate"), rateDecay: call.number("rate-decay"), epsilon: call.number("epsilon"),
        regularization: call.regularization)
}

private let adadelta = Word<any OptimizerSettings>(
    Signature(
        "adadelta", "Make steps as large as those before: nearly without a rate to choose.",
        details: """
            v = rho · v + (1 − rho) · g²; d = √(a + epsilon) / √(v + epsilon) · g; a = rho · a + (1 − rho) · d²; weight −= \
            rate · d. As PyTorch's Adadelta. (Zeiler, 2012)
            """,
        keywords: ["adaptive"],
        arguments: [rate(1), share("rho", "memory of both means of squares", 0.9), epsilon(1e-6)],
        examples: [.init("optimizer adadelta", setup: setup)])
) { call, _ in
    Adadelta(
        rate: call.number("rate"), rho: call.number("rho"), epsilon: call.number("epsilon"),
        regularization: call.regularization)
}

private let lion = Word<any OptimizerSettings>(
    Signature(
        "lion", "Make steps of one size, by the sign of a mean gradient.",
        details: """
            weight −= rate · sign(beta1 · m + (1 − beta1) · g); m = beta2 · m + (1 − beta2) · g. Takes a rate 3 to 10 times \
            smaller than Adam's, and a decay as many times larger. (Chen et al., 2023)
            """,
        keywords: ["sign"],
        arguments: [
            rate(1e-4), share("beta1", "share of the mean in a step", 0.9),
            share("beta2", "memory of the mean gradient", 0.99),
        ],
        examples: [.init("optimizer lion rate=3e-4 decay=0.1", setup: setup)])
) { call, _ in
    Lion(
        rate: call.number("rate"), beta1: call.number("beta1"), beta2: call.number("beta2"),
        regularization: call.regularization)
}
