/// A text with the name it goes by in errors: a file's path, or "prompt".
package struct Source: Sendable, Hashable {
    package let name: String
    package let text: String
    /// The line number of its first line: a cell of a Markdown file starts further down.
    package let firstLine: Int

    package init(name: String, text: String, firstLine: Int = 1) {
        self.name = name
        self.text = text
        self.firstLine = firstLine
    }
}

/// A run of UTF-8 offsets in a source.
package struct Span: Sendable, Hashable {
    package let start: Int
    package let end: Int

    package init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }
}
