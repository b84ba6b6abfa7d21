extension Lexer {
    /// A text between `"`, with its escapes and references.
    mutating func readText() -> Token.Kind {
        let start = position
        position += 1
        var parts: [TextPart] = []
        var literal: [UInt8] = []
        var error: ScriptError.Kind?
        func flush() {
            if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }
        while let next = byte() {
            if next == UInt8(ascii: "\"") {
                position += 1
                flush()
                if let error { return .invalid(error) }
                return .text(parts)
            }
            if next == UInt8(ascii: "\\"), let escaped = byte(1) {
                if let meaning = Self.escapes[escaped] {
                    literal.append(meaning)
                } else {
                    error = error ?? .badEscape(character(at: position + 1), at: position)
                }
                position += 2
            } else if next == UInt8(ascii: "$") {
                let begin = position
                if let (name, fields) = readReference() {
                    flush()
                    parts.append(
                        .reference(Expression.reference(name, fields: fields, Span(begin, position))))
                } else {
                    literal.append(next)
                    position += 1
                }
            } else {
                literal.append(next)
                position += 1
            }
        }
        openText = Span(start, start + 1)
        return .invalid(.unclosed("\""))
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): UInt8(ascii: "\n"), UInt8(ascii: "t"): UInt8(ascii: "\t"),
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "$"): UInt8(ascii: "$"),
    ]

    private func character(at index: Int) -> String {
        var end = index + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return String(decoding: bytes[index..<end], as: UTF8.self)
    }
}
