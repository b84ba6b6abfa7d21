import CommandLanguage
import Tensors

let inputCommands: [Command<Session>] = [history, keep, source]

private let history = Command<Session>(
    Signature(
        "history", "List what was typed in this session, with its numbers.",
        details: """
            Each statement has a number. `kept` are those that changed something that is still there: what `keep` writes. \
            The others looked at something, failed, or were taken back with `undo`.
            """,
        topic: "Scripts", keywords: ["inputs", "log", "commands", "past", "previous"],
        arguments: [
            Argument("count", .integer(1...100_000), .positional, "how many at most", default: .number(50))
        ],
        examples: [.init("history", setup: trainedSetup), "history 5"])
) { call, session in
    let inputs = (session.shell?.inputs ?? []).suffix(call.integer("count"))
    guard !inputs.isEmpty else {
        session.show("nothing has been typed yet")
        return .nothing
    }
    let kept = Set(session.trail.entries.map(\.input))
    session.show(
        Table(
            columns: [.init("input", .right), .init("statement"), .init("")],
            rows: inputs.map { input in
                [
                    StyledText("\(input.number)"), StyledText(input.headline, .code),
                    kept.contains(input.number) ? "kept" : StyledText(input.ending.remark, .faint),
                ]
            }))
    return .nothing
}

extension Input {
    /// Its first line, and how many there are.
    fileprivate var headline: String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard let first = lines.first else { return "" }
        return lines.count > 1 ? "\(first) ... (\(Figures.count(lines.count, "line")))" : String(first)
    }
}

extension Input.Ending {
    fileprivate var remark: String {
        switch self {
        case .succeeded: ""
        case .failed: "failed"
        case .interrupted: "interrupted"
        }
    }
}

private let keep = Command<Session>(
    Signature(
        "keep", "Write the statements that led here as a script.",
        details: """
            It begins with the seed, and gives the same bits when it is run: `verify` replays it and says so. Each command \
            stands there with the values that it had, so loops and variables are gone; what failed, only looked, or was \
            taken back is left out, and a `train` that was stopped is as many steps as it made. After each training stands \
            a `fingerprint` of its numbers. With numbers from `history` only what these inputs did is written, as a piece \
            of a script.
            """,
        topic: "Scripts", keywords: ["script", "reproduce", "record", "export", "save session", "replay"],
        arguments: [
            Argument(
                "inputs",
                .either([.range(.atLeast(1)), .named(.input, .integer(1...Int.max)), .path(.write)]),
                .positional,
                "which inputs, by their numbers; or the file"),
            Argument("file", .path(.write), .positional, "where to", isOptional: true),
        ],
        examples: [
            .init("keep lenet.cairn\nverify lenet.cairn", setup: trainedSetup),
            .init("keep 1..2 small.cairn\nsource small.cairn", setup: trainedSetup),
        ], usage: "keep [<first>..<last>] <file>")
) { call, session in
    let (inputs, file) = try call.whatToKeep(of: session.shell?.inputs.count ?? 0)
    let count = session.trail.entries.count { inputs?.contains($0.input) ?? true }
    guard count > 0 else { throw ExperimentRefusal.nothingToKeep }
    let script = session.script(of: inputs)
    try AtomicFile.write(to: session.expand(file)) { (target) throws(FileError) in
        try target.append(Array(script.utf8))
    }
    session.note("kept \(Figures.count(count, "statement")) in \(file)")
    return .nothing
}

extension Call {
    /// Which inputs, nil for all, and the file.
    fileprivate func whatToKeep(of count: Int) throws(ExperimentRefusal) -> (ClosedRange<Int>?, String) {
        let first: Double
        let last: Double
        switch value("inputs") {
        case .text(let file):
            guard !has("file") else { throw .twoFilesToKeepIn }
            return (nil, file)
        case .range(let lower, let upper): (first, last) = (lower, upper)
        case .number(let number): (first, last) = (number, number)
        default: preconditionFailure("the language let through what is no range: \(value("inputs"))")
        }
        guard has("file") else { throw .noFileToKeepIn }
        guard let first = Int(exactly: first), let last = Int(exactly: last), first >= 1, last <= count else {
            throw .unknownInputs(value("inputs").literal, count: count)
        }
        return (first...last, text("file"))
    }
}

private let source = Command<Session>(
    Signature(
        "source", "Run a script in this session.",
        details: """
            A `.cairn` file, or the ```cairn cells of a Markdown file: checked whole, then run, with the session's \
            variables, as if it had been typed here. Relative paths in it start where they do at the prompt. A script may \
            source others; errors say in which file they are.
            """,
        topic: "Scripts", keywords: ["run", "script", "include", "import", "load", "file"],
        arguments: [Argument("file", .path(.read), .positional, "the script")],
        examples: [.init("source small.cairn", setup: trainedSetup + "\nkeep 1..2 small.cairn")]
    ).settingVariables
) { call, session in
    guard let shell = session.shell else {
        preconditionFailure("a session in which commands run has a shell")
    }
    let sources = try session.sources(inScript: call.text("file"))
    do {
        try shell.include(sources)
    } catch let failure as CheckFailure {
        try session.fail(with: failure.diagnostics)
    }
    return .nothing
}
