/// Where in a text the cursor stands: in which block, statement and bracket, and in which word.
struct CursorContext {
    /// The commands whose blocks are open around the cursor, outermost first: the tokens of each up to its `{`.
    private(set) var heads: [[Token]] = []
    /// The tokens of the statement before the word at the cursor.
    private(set) var before: [Token] = []
    /// The innermost bracket that is open in the statement.
    private(set) var bracket: Symbol?
    /// What is typed of the word at the cursor; may be empty.
    let partial: String
    /// Where that word starts, as a UTF-8 offset.
    let start: Int
    let isInText: Bool
    let isInComment: Bool

    init(_ prefix: String) {
        let lexed = Lexer.read(prefix)
        var tokens = Array(lexed.tokens.dropLast())
        let end = prefix.utf8.count
        isInText = lexed.openText != nil
        isInComment = lexed.endsInComment
        let isInExpression = lexed.open.last?.symbol == .leftParenthesis
        if !isInText, let name = Self.startOfName(prefix, isInExpression: isInExpression) {
            start = name
        } else if let last = tokens.last, last.span.end == end, last.isCompletable {
            start = last.span.start
        } else {
            start = end
        }
        while let last = tokens.last, last.span.start >= start { tokens.removeLast() }
        partial = String(decoding: prefix.utf8.dropFirst(start), as: UTF8.self)
        follow(tokens)
    }

    /// The tokens of the statement before the list that is open at the cursor; nil inside none.
    var beforeList: [Token]? {
        guard bracket == .leftBracket, let start = before.lastIndex(where: { $0.symbol == .leftBracket })
        else {
            return nil
        }
        return Array(before[..<start])
    }

    /// Where the `$name.field.` starts that the text ends with, or in an expression the `layer.quantity.`; the last dot
    /// is no part of a token yet.
    private static func startOfName(_ prefix: String, isInExpression: Bool) -> Int? {
        let bytes = Array(prefix.utf8)
        let name = bytes.reversed().prefix { $0.isNamePart || $0 == UInt8(ascii: ".") }
        let start = bytes.count - name.count
        if start > 0, bytes[start - 1] == UInt8(ascii: "$") { return start - 1 }
        return isInExpression && start < bytes.count && bytes[start].isLetter ? start : nil
    }

    private mutating func follow(_ tokens: [Token]) {
        // The statements that are interrupted by an open bracket, with the bracket.
        var open: [(bracket: Symbol, statement: [Token])] = []
        for token in tokens {
            switch token.symbol {
            case .leftBrace?:
                open.append((.leftBrace, before))
                before = []
            case .leftParenthesis?, .leftBracket?:
                open.append((token.symbol ?? .leftBracket, []))
                before.append(token)
            case let closing? where closing.isClosing:
                while let last = open.popLast() {
                    if last.bracket == .leftBrace { before = last.statement }
                    if last.bracket.closing == closing { break }
                }
                before.append(token)
            case .newline?, .semicolon?:
                before = []
            default:
                before.append(token)
            }
        }
        heads = open.filter { $0.bracket == .leftBrace }.map(\.statement)
        bracket = open.last.flatMap { $0.bracket == .leftBrace ? nil : $0.bracket }
    }
}

extension Token {
    /// Whether a completion can replace it.
    fileprivate var isCompletable: Bool {
        switch kind {
        case .word, .number, .size, .range, .variable, .invalid(.loneDollar), .invalid(.unclosed): true
        default: false
        }
    }
}
