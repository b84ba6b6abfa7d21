/// A signature and what it does to a context that the language never looks into.
package struct Command<Context>: Sendable {
    package var signature: Signature
    /// Does the work and gives the result that `-> name` keeps, or `.nothing`.
    ///
    /// Throws a `CommandFailure` for what the user can mend, placed at the argument or the block's statement it
    /// names, or the `Diagnostic` of a block or script that it ran; any other error is shown by its description. Work that Ctrl-C stops throws `CommandInterruption`, and
    /// the rest of the input does not run.
    package var run: @Sendable (Call, Context) throws -> Value

    package init(_ signature: Signature, run: @escaping @Sendable (Call, Context) throws -> Value) {
        self.signature = signature
        self.run = run
    }
}

/// One use of a command with checked arguments, defaults filled in.
package struct Call: Sendable {
    /// `["optimizer", "sgd"]`: the command's name, then the variant's.
    package let path: [String]
    /// By name; an optional argument that was left out is not there.
    package let arguments: [String: Value]
    /// The collected statements of its block, in order.
    package let block: [Call]?
    /// Its blocks of statements, in order, for the command to run.
    package let blocks: [StatementBlock]
    /// The whole statement.
    package let span: Span
    /// Where each given argument stands in the source; defaults have none.
    package let argumentSpans: [String: Span]
    /// Where each value of a `.rest` argument stands.
    package let elementSpans: [Span]
    /// The source the spans index into.
    package let source: Source
    /// The statement, to be evaluated again; the entries of a block have none.
    package internal(set) var recorded: RecordedStatement?

    package init(
        path: [String], arguments: [String: Value] = [:], block: [Call]? = nil,
        blocks: [StatementBlock] = [], span: Span = Span(0, 0), argumentSpans: [String: Span] = [:],
        elementSpans: [Span] = [],
        source: Source = Source(name: "", text: "")
    ) {
        self.path = path
        self.arguments = arguments
        self.block = block
        self.blocks = blocks
        self.span = span
        self.argumentSpans = argumentSpans
        self.elementSpans = elementSpans
        self.source = source
    }

    /// What was typed, comments and line breaks as they were.
    package var text: String { source[span] }
}

/// Thrown by a command that was stopped from outside, between two batches say. Not an error: what was done stays
/// done, and the input ends with `.interrupted`.
package struct CommandInterruption: Error {
    /// What there is of the result so far, kept under `-> name`; nil leaves the name as it was.
    package let result: Value?

    package init(keeping result: Value? = nil) { self.result = result }
}

/// Thrown by a command in whose block `quit` was run.
package struct CommandExit: Error {
    package init() {}
}

/// An error that a command's work can throw. The evaluator adds the place; everything else stays data until
/// `message` and `hint` word it.
package protocol CommandFailure: Error {
    /// The name of its kind, with what `explain` says about it.
    var code: any ErrorCode { get }
    /// What was found and what is allowed: lower-case, no full stop.
    var message: String { get }
    /// What to type instead, if there is something.
    var hint: String? { get }
    /// The argument at fault, if one is.
    var argument: String? { get }
    /// The index of the statement of the block at fault, if one is.
    var blockIndex: Int? { get }
}

extension CommandFailure {
    package var hint: String? { nil }
    package var argument: String? { nil }
    package var blockIndex: Int? { nil }
}
