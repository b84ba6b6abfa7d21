/// A block of ordinary statements in a command's call, to be run through `Interpreter.run(_:showing:)`: an arm of `fork`.
package struct StatementBlock: Sendable {
    /// The word before the `{`; without one what the command calls a block, and its number: `arm1`.
    package let name: String
    /// From the `{` to the `}`.
    package let span: Span
    /// The source the span indexes into.
    package let source: Source
    let block: Block
    /// The variables of the `def` that the call stands in, if it stands in one.
    let locals: [String: Value]?

    /// What was typed, comments and line breaks as they were.
    package var text: String { source[span] }
}
