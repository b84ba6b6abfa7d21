import CommandLanguage
import Training

/// The visible list of optimizers: a new one is a file in `Training/Optimizers`, its word here, and one fixture.
let optimizerWords: [Word<any OptimizerSettings>] = [sgd, adam]

private let l2 = Argument(
    "l2", .number(.atLeast(0)),
    "L2 regularisation: adds l2 · weight to each gradient, as PyTorch's weight_decay",
    default: .number(0))

private func rate(_ value: Double) -> Argument {
    Argument("rate", .number(.atLeast(0)), "learning rate: how far each step goes", default: .number(value))
}

private let setup = smallModelSetup

private let sgd = Word<any OptimizerSettings>(
    Signature(
        "sgd", "Follow the negative gradient, with momentum if asked.",
        details: """
            v = momentum · v + g; weight −= rate · v. With nesterov: weight −= rate · (g + momentum · v). As PyTorch's \
            SGD with dampening 0. (Polyak, 1964; Nesterov, 1983; Sutskever et al., 2013)
            """,
        keywords: ["stochastic gradient descent"],
        arguments: [
            rate(0.01),
            Argument(
                "momentum", .number(.within(0..<1)), "how much of the last step goes on", default: .number(0)),
            Argument("nesterov", .boolean, "look ahead along the momentum", default: .boolean(false)),
            l2,
        ],
        examples: [.init("optimizer sgd rate=0.1 momentum=0.9 nesterov=true", setup: setup)])
) { call, _ in
    SGD(
        rate: call.number("rate"), momentum: call.number("momentum"), isNesterov: call.boolean("nesterov"),
        l2: call.number("l2"))
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
        arguments: [
            rate(0.001),
            Argument("beta1", .number(.within(0..<1)), "memory of the mean gradient", default: .number(0.9)),
            Argument(
                "beta2", .number(.within(0..<1)), "memory of the mean squared gradient",
                default: .number(0.999)),
            Argument(
                "epsilon", .number(.above(0)), "keeps the division away from zero", default: .number(1e-8)),
            l2,
        ],
        examples: [.init("optimizer adam rate=0.003 l2=1e-4", setup: setup)])
) { call, _ in
    Adam(
        rate: call.number("rate"), beta1: call.number("beta1"), beta2: call.number("beta2"),
        epsilon: call.number("epsilon"), l2: call.number("l2"))
}

/// The visible list of schedules: a new one is a file in `Training/Schedules`, its word here, one test case.
let scheduleWords: [Word<any Schedule>] = [constant, step]

private let constant = Word<any Schedule>(
    Signature("constant", "Leave the rate as the optimizer has it.", examples: ["schedule constant"])
) { _, _ in ConstantSchedule() }

private let step = Word<any Schedule>(
    Signature(
        "step", "Multiply the rate by a factor every few epochs.",
        details: "rate = optimizer's rate · factor^⌊epoch / every⌋. As PyTorch's StepLR.",
        keywords: ["decay", "plateau", "anneal"],
        arguments: [
            Argument(
                "every", .integer(1...100_000, unit: "epochs"), "how many epochs a rate stays",
                default: .number(10)),
            Argument("factor", .number(.above(0)), "what the rate is multiplied by", default: .number(0.1)),
        ],
        examples: ["schedule step every=5 factor=0.5"])
) { call, _ in StepSchedule(every: call.integer("every"), factor: call.number("factor")) }
