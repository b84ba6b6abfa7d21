import CommandLanguage
import Networks
import Training

let settingCommands: [Command<Session>] = [optimizer, rate, schedule, batch, seed, set]

private let optimizer = Command<Session>(
    Signature(
        "optimizer", "Choose how gradients change the weights.",
        details: """
            On a model in training the weights stay, and what both optimizers remember stays too; the answer says what \
            was carried over. Until you choose, it is `adam rate=0.001`.
            """,
        topic: "Training", keywords: ["sgd", "adam", "stuck", "plateau", "slow", "learning rate"],
        variants: optimizerWords.signatures())
) { call, session in
    let settings = try optimizerWords.make(call, session)
    let report = try session.use(settings)
    session.note("optimizer: \(settings)")
    if let report, let trainer = session.trainer, trainer.position.step > 0 {
        session.note(StyledText("\(report)", .faint))
    }
    return .nothing
}

private let rate = Command<Session>(
    Signature(
        "rate", "Change the learning rate and nothing else.",
        details: "Optimizer state stays as it is; the schedule starts over from this rate.",
        topic: "Training", keywords: ["learning rate", "stuck", "plateau", "nan", "jumps"],
        arguments: [Argument("rate", .number(.atLeast(0)), .positional, "the new learning rate")],
        variants: [findRate.signature],
        examples: [.init("rate 0.0003", setup: trainedSetup)])
) { call, session in
    if call.path.last == findRate.signature.name { return try findRate.make(call, session) }
    var settings = session.optimizer
    settings.rate = call.number("rate")
    _ = try session.use(settings)
    session.note("optimizer: \(settings)")
    return .nothing
}

private let schedule = Command<Session>(
    Signature(
        "schedule", "Choose how the learning rate changes over the epochs.",
        details:
            "It counts from now, and starts over when the optimizer changes. `plot rate` shows what it did.",
        topic: "Training", keywords: ["learning rate", "decay", "anneal", "plateau"],
        variants: scheduleWords.signatures())
) { call, session in
    let schedule = try scheduleWords.make(call, session)
    try session.use(schedule)
    session.note("schedule: \(schedule)")
    return .nothing
}

private let batch = Command<Session>(
    Signature(
        "batch", "Set how many images make one step.",
        details: """
            Larger batches give calmer gradients and faster epochs, but fewer steps in each; a larger rate goes with \
            them. Until you choose, 64.
            """,
        topic: "Training", keywords: ["batch size", "minibatch", "noise", "memory"],
        arguments: [
            Argument("size", .integer(1...1_000_000, unit: "images"), .positional, "images in a batch")
        ],
        variants: [findBatch.signature],
        examples: [.init("batch 128", setup: smallModelSetup)])
) { call, session in
    if call.path.last == findBatch.signature.name { return try findBatch.make(call, session) }
    try session.use(batchSize: call.integer("size"))
    session.note("batch: \(Figures.count(call.integer("size"), "image"))")
    return .nothing
}

private let seed = Command<Session>(
    Signature(
        "seed", "Set the seed of every random choice that follows.",
        details: """
            Splits, drawn shapes, first weights, shuffling, augmentation and dropout have a random stream each, so one \
            more augmentation does not change the others. The same seed gives the same bits, whatever the number of \
            threads. A model in training keeps its streams: `seed` counts from the next `data`, `model` or `init`.
            """,
        topic: "Session", keywords: ["random", "reproducible"],
        arguments: [Argument("number", .integer(0...Int(UInt32.max)), .positional, "any whole number")],
        examples: ["seed 7"])
) { call, session in
    session.seed = UInt64(call.integer("number"))
    session.note("seed \(call.integer("number"))")
    return .nothing
}

private let set = Command<Session>(
    Signature(
        "set", "Choose how the arithmetic is done.", topic: "Session",
        keywords: ["speed", "winograd", "precision", "fast"],
        variants: [
            Signature(
                "convolution", "Choose between exact and fast 3x3 convolutions.",
                details: """
                    `fast`, the default, uses Winograd's F(4x4, 3x3) where it fits, which rounds two to three times as \
                    much as a plain sum; over 8 seeds of Fashion-MNIST, six epochs each, accuracy differed by \
                    0.0003 (-0.0013 to 0.0019; docs/performance.md). `exact` rounds like a plain sum, directly or by \
                    F(2x2, 3x3). `show plan` shows what is used where. (Lavin & Gray, 2016)
                    """,
                keywords: ["winograd"],
                arguments: [
                    Argument(
                        "precision",
                        .choice([
                            .init("exact", "as a plain sum"), .init("fast", "two to three times as much"),
                        ]),
                        .positional, "how sums may round")
                ],
                examples: [.init("set convolution fast", setup: smallModelSetup)])
        ])
) { call, session in
    try session.use(call.text("precision") == "fast" ? ConvolutionPrecision.fast : .exact)
    session.note("convolution: \(session.convolution.rawValue)")
    return .nothing
}
