import CommandLanguage
import Networks
import Training

let settingCommands: [Command<Session>] = [optimizer, rate, schedule, loss, batch, seed, set]

private let optimizer = Command<Session>(
    Signature(
        "optimizer", "Choose how gradients change the weights.",
        details: """
            On a model in training the weights stay, and what both optimizers remember stays too; the answer says what \
            was carried over. Until you choose, it is `adam rate=0.001`.
            """,
        topic: "Training", keywords: ["sgd", "adam", "stuck", "plateau", "slow", "learning rate"],
        arguments: regularizationArguments, variants: optimizerWords.signatures())
) { call, session in
    let settings = try optimizerWords.make(call, session)
    let report = try session.use(settings)
    session.note("optimizer: \(settings)")
    session.note(report)
    return .nothing
}

private let rate = Command<Session>(
    Signature(
        "rate", "Change the learning rate and nothing else.",
        details: """
            Optimizer state stays as it is; the schedule starts over from this rate. With `layers` only they get it, and \
            the schedule goes on and changes it as it changes the optimizer's; `rate same layers=[...]` takes it back. A \
            new `model` has no such layers.
            """,
        topic: "Training",
        keywords: ["learning rate", "stuck", "plateau", "nan", "jumps", "fine-tune", "per-layer"],
        arguments: [
            Argument(
                "rate", .either([.number(.atLeast(0)), .choice([.init("same", "the optimizer's again")])]),
                .positional, "the new learning rate"),
            Argument(
                "layers", .list(of: .layer), "layers that get it, each \(layerNameRule)", isOptional: true),
        ],
        variants: [findRate.signature],
        examples: [
            .init("rate 0.0003", setup: trainedSetup),
            .init("rate 1e-4 layers=[conv1]\nshow model", setup: trainedSetup),
        ])
) { call, session in
    if call.path.last == findRate.signature.name { return try findRate.make(call, session) }
    let rate: Double? = if case .number(let rate) = call.value("rate") { rate } else { nil }
    if call.has("layers") {
        let trainer = try session.requireTrainer()
        let layers = try session.layers(named: call.list("layers"))
        var rates = trainer.layerRates
        rates.setRate(rate, of: layers)
        try trainer.change(layerRates: rates)
        let names = layers.joined(separator: ", ")
        session.note("rate of \(names): \(rate.map(Figures.setting) ?? "the optimizer's")")
        return .nothing
    }
    guard let rate else { throw Refusal.sameAsWhat }
    var settings = session.settings.optimizer
    settings.rate = rate
    let report = try session.use(settings)
    session.note("optimizer: \(settings)")
    session.note(report)
    return .nothing
}

private let schedule = Command<Session>(
    Signature(
        "schedule", "Choose how the learning rate changes over the epochs.",
        details: """
            It counts from now, an epoch in hand as a whole one, and starts over when the optimizer changes. Most schedules \
            count epochs, as if PyTorch's were stepped after each; `by` says otherwise. A `warmup` rises with each step. \
            `plot schedule` draws what is to come, `plot rate` what was.
            """,
        topic: "Training", keywords: ["learning rate", "decay", "anneal", "plateau"],
        arguments: warmupArguments, variants: scheduleWords.signatures())
) { call, session in
    let schedule = try scheduleWords.make(call, session)
    let report = try session.use(schedule)
    session.note("schedule: \(schedule)")
    session.note(report)
    return .nothing
}

private let loss = Command<Session>(
    Signature(
        "loss", "Choose what training makes small.",
        details: """
            On a model in training everything stays, but losses of different kinds cannot be compared. Labels are \
            those of the images, or in segmentation those of each pixel. Mixed images (mixup, cutmix) count with both \
            their labels, each with its share. Until you choose, it is `cross-entropy`.
            """,
        topic: "Training", keywords: ["criterion", "objective", "imbalance", "segmentation"],
        variants: lossWords.signatures())
) { call, session in
    let loss = try lossWords.make(call, session)
    let report = try session.use(loss)
    session.note("loss: \(loss)")
    session.note(report)
    session.warnOfLoss()
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
    let report = try session.use(batchSize: call.integer("size"))
    session.note("batch: \(Figures.count(call.integer("size"), "image"))")
    session.note(report)
    return .nothing
}

private let seedNumber = Argument(
    "number", .integer(0...Int(UInt32.max)), .positional, "any whole number")

extension RandomStreams.Name {
    /// Of `seed shuffle`.
    fileprivate var signature: Signature {
        let (summary, details) =
            switch self {
            case .shuffle:
                (
                    "Draw another order of the training images.",
                    "An epoch in hand goes on at its place in the new order, so that it may see an image twice."
                )
            case .augment:
                ("Draw other augmentations.", "From the next batch on.")
            case .dropout:
                ("Let dropout drop other numbers.", "From the next batch on.")
            }
        return Signature(
            rawValue, summary, details: details + " The run goes on, and its history stays.",
            keywords: ["random", "stream", "live"], arguments: [seedNumber],
            examples: [.init("seed \(rawValue) 7", setup: trainedSetup)])
    }
}

private let seed = Command<Session>(
    Signature(
        "seed", "Set the seed of every random choice that follows.",
        details: """
            Splits, drawn shapes, first weights, shuffling, augmentation and dropout have a random stream each, so one \
            more augmentation does not change the others. The same seed gives the same bits, whatever the number of \
            threads. A model in training keeps its streams: `seed` counts from the next `data`, `model` or `init`. With \
            the name of a stream it gives the model in training another one of that kind, and all else goes on.
            """,
        topic: "Session", keywords: ["random", "reproducible"], arguments: [seedNumber],
        variants: RandomStreams.Name.allCases.map(\.signature), examples: ["seed 7"])
) { call, session in
    if let stream = call.path.dropFirst().first.flatMap(RandomStreams.Name.init) {
        let report = try session.requireTrainer().change(
            seed: UInt64(call.integer("number")), of: stream)
        session.note("seed \(call.integer("number")) of the stream `\(stream.rawValue)`")
        session.note(report)
        return .nothing
    }
    session.use(seed: UInt64(call.integer("number")))
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
    session.note("convolution: \(session.settings.convolution.rawValue)")
    return .nothing
}
