import CommandLanguage
import Training

let showCommands: [Command<Session>] = [show]

/// The visible list of things to look at: a new one is a word here.
private let showWords: [Word<[Displayable]>] = [settings, model, plan, data, images, history]

private let show = Command<Session>(
    Signature(
        "show", "Look at the model, the data, the settings or the history.", topic: "Looking",
        keywords: ["inspect", "print", "summary", "table"], variants: showWords.signatures())
) { call, session in
    for displayable in try showWords.make(call, session) { session.sink?.show(displayable) }
    return .nothing
}

private let settings = Word<[Displayable]>(
    Signature(
        "settings", "List what training would use now.", keywords: ["optimizer", "rate", "batch", "seed"],
        examples: [.init("show settings", setup: smallModelSetup)])
) { _, session in [.table(session.settingsTable)] }

private let model = Word<[Displayable]>(
    Signature(
        "model", "List the layers: what comes out of each, and what it costs.",
        keywords: ["layers", "parameters", "shapes", "size"],
        examples: [.init("show model", setup: smallModelSetup)])
) { _, session in [.table(try session.requireTrainer().network.table)] }

private let plan = Word<[Displayable]>(
    Signature(
        "plan", "Time each operation of a training step: which layers it does at once, how, how fast.",
        details: """
            Runs some steps on random images with a copy of the model's plan; the model itself is not touched. GFLOP/s \
            count two operations for each multiply-add: those of the forward pass, of the weights' gradient, and, where \
            an earlier layer learns, of the input's.
            """,
        keywords: ["speed", "slow", "winograd", "algorithm", "profile"],
        examples: [.init("show plan", setup: smallModelSetup)])
) { _, session in [.table(try session.measurePlan().table)] }

private let data = Word<[Displayable]>(
    Signature(
        "data", "Count the images of each class and split.", keywords: ["classes", "balance", "imbalance"],
        examples: [.init("show data", setup: smallDataSetup)])
) { _, session in
    let dataset = try session.requireData()
    return [.table(dataset.table), .text(dataset.summaryLine)]
}

private let images = Word<[Displayable]>(
    Signature(
        "images", "Draw training images, the classes in turn.", keywords: ["pictures", "samples", "look"],
        arguments: [Argument("count", .integer(1...200), .positional, "how many", default: .number(8))],
        examples: [.init("show images 3", setup: smallDataSetup)])
) { call, session in [.image(try session.requireData().samples(call.integer("count")))] }

private let history = Word<[Displayable]>(
    Signature(
        "history", "List the epochs so far: loss, accuracy, rate and time.",
        keywords: ["epochs", "log", "curve"],
        examples: [.init("show history", setup: trainedSetup)])
) { _, session in [.table(try session.requireHistory().table)] }
