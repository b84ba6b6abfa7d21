import CommandLanguage
import Training

/// What is added to an optimizer and a schedule.
let safeguardCommands: [Command<Session>] = [clip, average, earlyStopping]

private let setup = smallModelSetup

private let clip = Command<Session>(
    Signature(
        "clip", "Limit the gradients before each step.",
        details: """
            The gradients themselves stay to be looked at; `plot gradient-norm` shows their length before the limit, those \
            of frozen layers left out. Regularisation comes after it.
            """,
        topic: "Training", keywords: ["gradient clipping", "nan", "exploding", "jumps"],
        variants: [
            Signature(
                "norm", "Scale all gradients together to a largest length.",
                details: "As PyTorch's clip_grad_norm_. (Pascanu, Mikolov & Bengio, 2013)",
                arguments: [Argument("limit", .number(.above(0)), .positional, "the largest length")],
                examples: [.init("clip norm 1", setup: setup)]),
            Signature(
                "value", "Keep each number of the gradients between two limits.",
                details: "As PyTorch's clip_grad_value_.",
                arguments: [
                    Argument("limit", .number(.above(0)), .positional, "between minus and plus this")
                ],
                examples: [.init("clip value 0.5", setup: setup)]),
            Signature("off", "Use the gradients as they are.", examples: [.init("clip off", setup: setup)]),
        ])
) { call, session in
    let clipping: GradientClipping =
        switch call.path.last {
        case "norm": .norm(call.number("limit"))
        case "value": .value(call.number("limit"))
        default: .off
        }
    try session.use(clipping)
    session.note("clip: \(clipping)")
    return .nothing
}

private let average = Command<Session>(
    Signature(
        "average", "Average the weights that training goes through, and judge by the average.",
        details: """
            Validation and `evaluate` use the averaged weights as soon as there are any; training goes on with its own. \
            `save what=average` writes them. As PyTorch's swa_utils.
            """,
        topic: "Training", keywords: ["swa", "ema", "polyak", "plateau", "noise"],
        variants: [
            Signature(
                "swa", "The mean of the weights at the end of each epoch.",
                details: """
                    Goes with a rate that stays high. Batch norm's running statistics are measured anew for the average, in \
                    a pass through the training images without augmentation, as by update_bn. (Izmailov et al., 2018)
                    """,
                keywords: ["stochastic weight averaging"],
                arguments: [
                    Argument(
                        "start", .integer(0...Warmup.longest, unit: "epochs"),
                        "epochs from now that do not count", default: .number(0))
                ],
                examples: [.init("average swa start=2\ntrain 3", setup: setup)]),
            Signature(
                "ema", "A running mean of the weights after each step.",
                details: """
                    average = decay · average + (1 − decay) · weights, from the first step on. Batch norm's running \
                    statistics are the model's. (Polyak & Juditsky, 1992)
                    """,
                keywords: ["exponential moving average"],
                arguments: [
                    Argument(
                        "decay", .number(.within(0..<1)), "how much of the average stays",
                        default: .number(0.999)
                    )
                ],
                examples: [.init("average ema decay=0.99\ntrain 2", setup: setup)]),
            Signature(
                "off", "Judge by the weights as they are.", examples: [.init("average off", setup: setup)]),
        ])
) { call, session in
    let averaging: Averaging? =
        switch call.path.last {
        case "swa": .swa(start: call.integer("start"))
        case "ema": .ema(decay: call.number("decay"))
        default: nil
        }
    try session.use(averaging)
    session.note("average: \(averaging.map { "\($0)" } ?? "off")")
    return .nothing
}

private let earlyStopping = Command<Session>(
    Signature(
        "early-stopping",
        "End training when a metric has stopped getting better, and go back to its best epoch.",
        details: """
            Weights and running statistics of the best epoch come back; optimizer, history and position stay, so that the \
            next `train` goes on from there. A `train` that comes to its end goes back to nothing.
            """,
        topic: "Training", keywords: ["overfitting", "patience", "stop", "best", "gap"],
        variants: [
            Signature(
                "on", "Watch a metric after each epoch.",
                arguments: [
                    metricArgument,
                    Argument(
                        "patience", .integer(1...Warmup.longest, unit: "epochs"),
                        "epochs in a row without an improvement that end training", default: .number(3)),
                    Argument(
                        "min-change", .number(.atLeast(0)), "what an improvement must be more than",
                        default: .number(0)),
                ],
                examples: [
                    .init("early-stopping on patience=2\ntrain 10", setup: setup),
                    .init("early-stopping on metric=accuracy min-change=0.001", setup: setup),
                ]),
            Signature(
                "off", "Train to the end.", examples: [.init("early-stopping off", setup: setup)]),
        ])
) { call, session in
    let stopping: EarlyStopping? =
        call.path.last == "off"
        ? nil
        : EarlyStopping(
            metric: call.text("metric"), patience: call.integer("patience"),
            minimumChange: call.number("min-change"))
    try session.use(stopping)
    session.note("early-stopping: \(stopping.map { "\($0)" } ?? "off")")
    return .nothing
}
