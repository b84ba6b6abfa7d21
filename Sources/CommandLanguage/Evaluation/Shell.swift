/// What every front end needs of an interpreter: the terminal, a pipe, a test, later the lesson player and Jupyter.
package protocol Shell: AnyObject {
    /// Whether a text can run, needs more lines, or never will.
    func status(of text: String) -> InputStatus
    /// Checks all texts as one script, then runs one after the other: the cells of a Markdown file. Results go to the
    /// sink as they come; errors are returned, never thrown past here.
    func execute(_ sources: [Source], sink: any DisplaySink) -> ExecutionOutcome
    /// What could stand at the cursor (a UTF-8 offset), best first.
    func completions(in text: String, at cursor: Int) -> CompletionList
    /// What is expected at the end of a text that is being typed; nil where there is nothing to say.
    func hint(for text: String) -> StyledText?
    /// Whether an empty entry means something now.
    var acceptsBlank: Bool { get }
    /// Whether it may be said what the last entry took, if that was much.
    var saysUsage: Bool { get }
    /// The prompt's words, such as "cairn" or "cairn lenet 3": shows where you are.
    var promptWords: [String] { get }
}

extension Shell {
    package var acceptsBlank: Bool { false }
    package var saysUsage: Bool { true }

    /// Checks and runs one text.
    package func execute(_ source: Source, sink: any DisplaySink) -> ExecutionOutcome {
        execute([source], sink: sink)
    }
}

/// What the parser makes of a text.
package enum InputStatus: Sendable, Equatable {
    case complete
    /// An open `{`, `[`, `(` or text; `depth` is how many blocks are open, for the continuation line's indent.
    case incomplete(depth: Int)
    case invalid
}

/// How an input ended.
package enum ExecutionOutcome: Sendable, Equatable {
    case succeeded
    /// The text does not check; nothing was run.
    case rejected([Diagnostic])
    /// A command or an `expect` failed; what was done before it stays done.
    case failed(Diagnostic)
    /// Ctrl-C.
    case interrupted
    /// `quit`
    case quit

    /// What went wrong.
    package var diagnostics: [Diagnostic] {
        switch self {
        case .rejected(let diagnostics): diagnostics
        case .failed(let diagnostic): [diagnostic]
        case .succeeded, .interrupted, .quit: []
        }
    }
}

/// What could stand at the cursor.
package struct CompletionList: Sendable, Equatable {
    /// One completion, with what it is.
    package struct Item: Sendable, Equatable {
        /// The whole word that replaces `range`.
        package var text: String
        package var summary: String
        /// A value or a closed word: a space follows it. False for `name=`.
        package var endsWord: Bool

        package init(_ text: String, _ summary: String, endsWord: Bool = true) {
            self.text = text
            self.summary = summary
            self.endsWord = endsWord
        }
    }

    /// The UTF-8 offsets of the word being completed.
    package var range: Range<Int>
    package var items: [Item]

    package init(range: Range<Int>, items: [Item]) {
        self.range = range
        self.items = items
    }
}
