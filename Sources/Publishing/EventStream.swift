import CommandLanguage

/// What a session shows as lines of JSON, one for each event, for programs: `docs/json-events.md` describes them.
package final class EventStream: DisplaySink {
    private let write: (String) -> Void
    private let start = ContinuousClock.now
    private var lastProgress: ContinuousClock.Instant?

    /// The version of the format: a program that knows it understands all events with the same one.
    package static let version = 1

    /// Each line, with its line break, goes to `write`.
    package init(write: @escaping (String) -> Void) { self.write = write }

    /// The first event.
    package func begin(cairn version: String, seed: UInt64) {
        emit(
            "begin",
            [
                ("version", .number(Double(Self.version))), ("cairn", .text(version)),
                ("seed", .number(Double(seed))),
            ])
    }

    /// A statement of the outermost level, before it runs.
    package func statement(_ span: Span, of source: Source) {
        emit("statement", place(of: span, in: source) + [("text", .text(source[span]))])
    }

    package func show(_ displayable: Displayable) { emit(displayable.kind, displayable.members) }

    /// At most ten a second, and every one that ends a line.
    package func show(_ progress: Progress) {
        let now = ContinuousClock.now
        if !progress.isFinished, let lastProgress, now - lastProgress < .milliseconds(100) { return }
        lastProgress = progress.isFinished ? nil : now
        emit(
            "progress",
            [
                ("label", .text(progress.label)), ("fraction", .number(progress.fraction)),
                ("figures", .array(progress.figures.map(\.json))),
                ("secondsLeft", JSON(progress.timeLeft)), ("isFinished", .boolean(progress.isFinished)),
            ])
    }

    package func note(_ text: StyledText) { emit("note", [("text", .text(text.text))]) }

    package func result(_ value: Value, keptAs name: String?) {
        emit("result", [("name", JSON(name)), ("value", JSON(value))])
    }

    package func show(_ diagnostic: Diagnostic) {
        var members: [JSON.Member] = [
            ("code", JSON(diagnostic.code)), ("message", .text(diagnostic.message)),
            ("hint", JSON(diagnostic.hint)),
        ]
        if let source = diagnostic.source, let span = diagnostic.span {
            members += place(of: span, in: source) + [("text", .text(source[span]))]
        }
        emit("error", members)
    }

    /// The last event: how it ended, in which time.
    package func end(_ outcome: ExecutionOutcome) {
        outcome.diagnostics.forEach(show)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        emit("end", [("status", .text(outcome.word)), ("seconds", .number(seconds))])
    }

    /// The line counts from 1, the column from 1 in characters.
    private func place(of span: Span, in source: Source) -> [JSON.Member] {
        [
            ("source", .text(source.name)), ("line", .number(Double(source.line(at: span.start)))),
            ("column", .number(Double(source.column(at: span.start)))),
        ]
    }

    private func emit(_ event: String, _ members: [JSON.Member]) {
        write(JSON.object([("event", .text(event))] + members).encoded + "\n")
    }
}

extension Progress.Figure {
    fileprivate var json: JSON {
        .object([("name", .text(name)), ("text", .text(value)), ("value", JSON(number))])
    }
}

extension ExecutionOutcome {
    /// As the last event calls it.
    fileprivate var word: String {
        switch self {
        case .succeeded: "succeeded"
        case .rejected: "rejected"
        case .failed: "failed"
        case .interrupted: "interrupted"
        case .quit: "quit"
        }
    }
}
