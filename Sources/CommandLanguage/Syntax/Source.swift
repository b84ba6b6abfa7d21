/// A text with the name it goes by in errors: a file's path, or "prompt".
package struct Source: Sendable, Hashable {
    package let name: String
    /// Without the byte order mark that some editors put first.
    package let text: String
    /// The line number of its first line: a cell of a Markdown file starts further down.
    package let firstLine: Int
    /// Whether another source runs it: errors then say its name.
    package var isIncluded = false

    package init(name: String, text: String, firstLine: Int = 1) {
        self.name = name
        self.text = text.withoutByteOrderMark
        self.firstLine = firstLine
    }

    /// The text that a span covers; ends that lie outside of the text are moved to it.
    package subscript(span: Span) -> String {
        let bytes = text.utf8
        let start = min(max(span.start, 0), bytes.count)
        let end = min(max(span.end, start), bytes.count)
        return String(decoding: bytes.dropFirst(start).prefix(end - start), as: UTF8.self)
    }

    /// The line number, counted as the reader of the file counts, of a UTF-8 offset.
    package func line(at offset: Int) -> Int {
        firstLine + text.utf8.prefix(max(offset, 0)).count { $0 == UInt8(ascii: "\n") }
    }

    /// The place in its line of a UTF-8 offset, in characters and counted from 1.
    package func column(at offset: Int) -> Int {
        let before = text.utf8.prefix(max(offset, 0))
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map(before.index(after:)) ?? before.startIndex
        return String(decoding: before[start...], as: UTF8.self).count + 1
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

    /// The smallest span that covers both.
    package func joined(to other: Span) -> Span {
        Span(min(start, other.start), max(end, other.end))
    }
}

extension String {
    var withoutByteOrderMark: String {
        unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
    }
}
