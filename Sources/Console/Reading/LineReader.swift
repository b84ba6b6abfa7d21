/// Where entries come from: a terminal that is typed at, or lines of a file.
package protocol LineReader: AnyObject {
    /// The next entry, whole: a block with all its lines. The prompt is given as its words: `["cairn", "lenet", "3"]`.
    func readEntry(prompt: [String]) -> ReadOutcome
}

package enum ReadOutcome: Sendable, Equatable {
    /// Without the last line's end.
    case entry(String)
    /// Ctrl-C: what was typed is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the end of the file.
    case endOfInput
}
