import CommandLanguage

/// What stands left of an entry: `cairn lenet 3> ` before its first row and `...> `, as wide, before the others.
package struct Prompt: Sendable, Equatable {
    package let first: StyledText
    package let continuation: StyledText

    /// The prompt in a terminal of `width` columns; one that would take more than half of them becomes `> `.
    package init(words: [String], width: Int) {
        let text = words.joined(separator: " ").printable
        var first = StyledText("> ", .strong)
        if text.displayWidth + 2 <= width / 2, let name = words.first?.printable {
            let place = words.dropFirst().map { " " + $0.printable }.joined()
            first = StyledText([.init(name, .strong), .init(place, .code), .init("> ", .strong)])
        }
        self.first = first
        let mark = first.displayWidth >= 5 ? "...> " : "> "
        continuation = StyledText(mark.indented(to: first.displayWidth), .faint)
    }

    /// Columns; the same for all rows.
    package var columns: Int { first.displayWidth }
}
