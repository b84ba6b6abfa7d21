/// Cuts a text into tokens. It never fails: what it cannot read becomes a token that carries the error.
///
/// Between parentheses `a-b/2` is arithmetic; in a command `fashion-mnist` and `runs/a.cairn` are words. The open
/// brackets say which of the two holds: `(` starts an expression, `{` a run of commands, `[` is what surrounds it,
/// except that an index (`$x[0]`) is an expression. Inside `(` and `[` a line break is a space.
struct Lexer {
    /// What became of a text.
    struct Result: Sendable {
        /// Ends with `.end`.
        let tokens: [Token]
        /// The brackets that are still open, outermost first, with where they stand.
        let open: [(symbol: Symbol, span: Span)]
        /// Where a text starts that no `"` ends.
        let openText: Span?
        let endsInComment: Bool

        var isOpen: Bool { !open.isEmpty || openText != nil }
        var openBlocks: Int { open.count { $0.symbol == .leftBrace } }
    }

    private struct Bracket {
        let symbol: Symbol
        let span: Span
        let holdsExpression: Bool
    }

    let bytes: [UInt8]
    var position = 0
    private var tokens: [Token] = []
    private var brackets: [Bracket] = []
    var openText: Span?
    private var endsInComment = false

    private init(_ text: String) { bytes = Array(text.utf8) }

    static func read(_ text: String) -> Result {
        var lexer = Lexer(text)
        while lexer.readToken() {}
        let end = lexer.bytes.count
        lexer.tokens.append(Token(kind: .end, span: Span(end, end), isGlued: false))
        return Result(
            tokens: lexer.tokens, open: lexer.brackets.map { ($0.symbol, $0.span) }, openText: lexer.openText,
            endsInComment: lexer.endsInComment)
    }

    private var holdsExpression: Bool { brackets.last?.holdsExpression ?? false }

    func byte(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private mutating func readToken() -> Bool {
        let start = position
        skipSpace()
        guard let first = byte() else { return false }
        let isGlued = position == start && start > 0
        let begin = position
        var kind = readKind(first, isGlued: isGlued)
        if case .symbol(let symbol) = kind, !track(symbol, Span(begin, position), isGlued: isGlued) {
            kind = .invalid(.unopened(symbol.rawValue))
        }
        tokens.append(Token(kind: kind, span: Span(begin, position), isGlued: isGlued))
        return true
    }

    /// Spaces, comments and, inside `(` and `[`, line breaks.
    private mutating func skipSpace() {
        let isInline = brackets.last.map { $0.symbol != .leftBrace } ?? false
        while let next = byte() {
            if next.isBlank || (isInline && next == .newline) {
                position += 1
            } else if next == 0xC2, byte(1) == 0xA0 {
                // A no-break space, as pasted from a web page.
                position += 2
            } else if next == UInt8(ascii: "#") {
                while position < bytes.count, bytes[position] != .newline { position += 1 }
                endsInComment = position == bytes.count
            } else {
                return
            }
        }
    }

    private mutating func readKind(_ first: UInt8, isGlued: Bool) -> Token.Kind {
        switch first {
        case UInt8(ascii: "\""): return readText()
        case UInt8(ascii: "$"): return readVariable()
        case UInt8(ascii: "'"): return invalid(.foreignQuote("'"), length: 1)
        case 0..<0x20 where first != .newline, 0x7F: return invalid(.unprintable(first), length: 1)
        default: break
        }
        if first == 0xE2, byte(1) == 0x80, let third = byte(2), (0x98...0x9F).contains(third) {
            return invalid(
                .foreignQuote(String(decoding: bytes[position..<position + 3], as: UTF8.self)), length: 3)
        }
        if first == UInt8(ascii: "."), isGlued, let next = byte(1), next.isLetter, followsPart {
            position += 1
            return .field(readName())
        }
        if let mark = readMark(Symbol.structure, first) { return .symbol(mark) }
        return holdsExpression ? readInExpression(first) : readWord()
    }

    /// Whether a field can follow the last token: `$x[0].field.field`.
    private var followsPart: Bool {
        switch tokens.last?.kind {
        case .field, .symbol(.rightBracket), .symbol(.rightParenthesis): true
        default: false
        }
    }

    private mutating func invalid(_ kind: ScriptError.Kind, length: Int) -> Token.Kind {
        position += length
        return .invalid(kind)
    }

    /// Consumes the first of the marks that stands here.
    private mutating func readMark(_ marks: [Symbol], _ first: UInt8) -> Symbol? {
        for mark in marks
        where mark.rawValue.utf8.first == first && bytes[position...].starts(with: mark.rawValue.utf8) {
            // `==` is an operator or a word, no mark of structure.
            if mark == .equals, byte(1) == UInt8(ascii: "=") { return nil }
            position += mark.rawValue.utf8.count
            return mark
        }
        return nil
    }

    /// Follows the brackets; false for a closing one that nothing opened. One that fits an outer bracket closes what
    /// is inside it too, so that one missing `)` does not turn the rest of the script into an expression.
    private mutating func track(_ symbol: Symbol, _ span: Span, isGlued: Bool) -> Bool {
        if symbol.closing != nil {
            let isIndex = symbol == .leftBracket && isGlued && followsValue
            let holdsExpression =
                symbol == .leftParenthesis || isIndex
                || (symbol == .leftBracket && self.holdsExpression)
            brackets.append(Bracket(symbol: symbol, span: span, holdsExpression: holdsExpression))
        } else if symbol.isClosing {
            guard let match = brackets.lastIndex(where: { $0.symbol.closing == symbol }) else { return false }
            brackets.removeSubrange(match...)
        }
        return true
    }

    /// Whether an index can follow the last token.
    private var followsValue: Bool {
        switch tokens.last?.kind {
        case .variable, .field, .symbol(.rightBracket), .symbol(.rightParenthesis): return true
        default: return false
        }
    }

    // MARK: Commands

    /// A word, or the number, size or range that it spells.
    private mutating func readWord() -> Token.Kind {
        // In a command a comparison is a word of its own: `pause when gradient.norm > 10`.
        if Self.comparisonStarts.contains(byte() ?? 0),
            let mark = ["==", "!=", "<=", ">=", "<", ">"].first(where: {
                bytes[position...].starts(with: $0.utf8)
            })
        {
            position += mark.utf8.count
            return .word(mark)
        }
        let start = position
        while let next = byte(), !endsWord(next) { position += 1 }
        return NumberReader.literal(bytes[start..<position])
            ?? .word(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private func endsWord(_ next: UInt8) -> Bool {
        switch next {
        case UInt8(ascii: "-"): byte(1) == UInt8(ascii: ">")
        case UInt8(ascii: "!"): byte(1) == UInt8(ascii: "=")
        case 0xC2: byte(1) == 0xA0
        default: next <= 0x20 || next == 0x7F || Self.wordEnds.contains(next)
        }
    }

    private static let comparisonStarts = Set("=!<>".utf8)
    private static let wordEnds = Set(";{}[](),\"=$<>".utf8)

    // MARK: Expressions

    private mutating func readInExpression(_ first: UInt8) -> Token.Kind {
        if let mark = readMark(Symbol.operators, first) { return .symbol(mark) }
        if first.isLetter { return .word(readDottedName()) }
        if first.isDigit || (first == UInt8(ascii: ".") && byte(1)?.isDigit == true) {
            if let (extents, end) = NumberReader.size(bytes[position...]), !isNamePart(at: end) {
                position = end
                return .size(extents)
            }
            if let (number, end) = NumberReader.number(bytes[position...], percent: .unlessOperandFollows) {
                defer { position = end }
                return number.isFinite
                    ? .number(number)
                    : .invalid(.numberTooLarge(String(decoding: bytes[position..<end], as: UTF8.self)))
            }
        }
        for foreign in ["&&", "||", "!"] where bytes[position...].starts(with: foreign.utf8) {
            return invalid(.foreignOperator(foreign), length: foreign.utf8.count)
        }
        // A whole character, so that no token starts inside one.
        let start = position
        position += 1
        while let next = byte(), next & 0xC0 == 0x80 { position += 1 }
        return .invalid(.unexpectedCharacter(String(decoding: bytes[start..<position], as: UTF8.self)))
    }

    private func isNamePart(at index: Int) -> Bool { index < bytes.count && bytes[index].isNamePart }

    // MARK: Names and variables

    private mutating func readName() -> String {
        let start = position
        while let next = byte(), next.isNamePart { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// `conv1.gradient.norm`
    private mutating func readDottedName() -> String {
        var name = readName()
        while byte() == UInt8(ascii: "."), byte(1)?.isNamePart == true {
            position += 1
            name += "." + readName()
        }
        return name
    }

    private mutating func readVariable() -> Token.Kind {
        guard let (name, fields) = readReference() else { return invalid(.loneDollar, length: 1) }
        return .variable(name, fields: fields)
    }

    /// `$name.field.field`, or nil (and nothing read) if no name follows the `$`.
    mutating func readReference() -> (name: String, fields: [String])? {
        guard let first = byte(1), first.isLetter else { return nil }
        position += 1
        let name = readName()
        var fields: [String] = []
        while byte() == UInt8(ascii: "."), let next = byte(1), next.isLetter {
            position += 1
            fields.append(readName())
        }
        return (name, fields)
    }
}

extension Symbol {
    /// Marks that mean the same everywhere; a longer one stands before its own beginning.
    fileprivate static let structure: [Symbol] = [
        .arrow, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace,
        .comma, .semicolon, .newline, .equals,
    ]
    fileprivate static let operators: [Symbol] = [
        .doubleStar, .equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater, .dots, .plus, .minus,
        .times, .divided, .modulo, .caret,
    ]
}
