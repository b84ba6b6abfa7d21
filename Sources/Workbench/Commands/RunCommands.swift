import CommandLanguage
import Search

let runCommands: [Command<Session>] = [runs]

/// The visible list of what can be done with runs: a new one is a word here.
private let runWords: [Word<Value>] = [show, compareRuns, note, delete]

private let setup = trainedSetup + "\nrate 0.01\ntrain 2"

private let runs = Command<Session>(
    Signature(
        "runs", "List the trainings that were done, newest first.",
        details: """
            Every `train` and every trial of a `search` is kept with its settings and curves, in one file for all sessions: \
            `~/.local/share/cairn/runs.sqlite`, or what `CAIRN_RUNS` or `cairn --runs FILE` say. Several Cairns may use \
            it at once. A file that cannot be used stops no training.
            """,
        topic: "Searching", keywords: ["history", "log", "experiments", "compare", "tracking"],
        arguments: [
            Argument("count", .integer(1...100_000), .positional, "how many at most", default: .number(20)),
            Argument("trials", .boolean, "list the trials of searches too", default: .boolean(false)),
        ],
        variants: runWords.signatures(),
        examples: [.init("runs", setup: setup), .init("runs 5 trials=true", setup: setup)])
) { call, session in
    if call.path.count > 1 { return try runWords.make(call, session) }
    let store = try session.runs.open()
    let withTrials = call.boolean("trials")
    let runs = try store.runs(newest: call.integer("count"), withTrials: withTrials)
    if !runs.isEmpty { session.show(withTrials ? runs.trialTable : runs.table) }
    let hidden = withTrials ? 0 : try store.trialCount()
    if hidden > 0 {
        let trials = Figures.count(hidden, "trial")
        session.show(StyledText("\(trials) of searches: `runs trials=true`", .faint))
    } else if runs.isEmpty {
        session.show("no runs yet: `train` makes one")
    }
    return .nothing
}

private let show = Word<Value>(
    Signature(
        "show", "Show a run's settings and what each epoch measured.", topic: "Searching",
        arguments: [Argument("run", .run, .positional, "its number in `runs`")],
        result: [
            .init("status", "`finished`, `stopped`, `diverged`, `failed` or `unfinished`"),
            .init("epochs", "how many it finished"), .init("settings", "by name"),
            .init("loss", "training loss of each epoch"),
            .init("accuracy", "training accuracy of each epoch"),
            .init("val", "validation metrics of each epoch, by name"),
        ],
        examples: [.init("runs show 1 -> first\nplot $first.val.accuracy", setup: setup)])
) { call, session in
    let run = try session.runs.open().run(Int64(call.integer("run")))
    session.show(run.headline)
    session.show(run.settingsTable)
    if run.epochs > 0 { session.show(run.curveTable) }
    if let others = run.otherCurves { session.show(others) }
    return run.result
}

private let note = Word<Value>(
    Signature(
        "note", "Write a note on a run.", topic: "Searching",
        arguments: [
            Argument("run", .run, .positional, "its number in `runs`"),
            Argument("text", .text, .positional, "the note; an empty one takes it away"),
        ],
        examples: [.init("runs note 1 \"the first that learns\"", setup: setup)])
) { call, session in
    try session.runs.open().note(call.text("text"), on: Int64(call.integer("run")))
    session.note("noted on run \(call.integer("run"))")
    return .nothing
}

private let delete = Word<Value>(
    Signature(
        "delete", "Delete runs for good.", topic: "Searching",
        arguments: [Argument("run", .run, .rest, "their numbers in `runs`")],
        examples: [.init("runs delete 1", setup: setup)])
) { call, session in
    let numbers = call.runNumbers
    guard !numbers.isEmpty else { throw SearchRefusal.tooFewRuns(1) }
    try session.runs.open().delete(numbers)
    session.note("deleted \(Figures.count(numbers.count, "run"))")
    return .nothing
}

extension Call {
    /// Of an argument that takes all the rest.
    fileprivate var runNumbers: [Int64] {
        list("run").compactMap { value in
            if case .number(let number) = value { Int64(number) } else { nil }
        }
    }
}
