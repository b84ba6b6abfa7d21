/// Builds the syntax tree. Recursive descent with one error for each broken statement: after an error it goes on at
/// the next statement, so that all of a script's errors are found.
struct Parser {
    /// What became of a text.
    enum Outcome: Sendable {
        case complete(Script)
        /// A bracket or a text is still open, and nothing is wrong so far.
        case incomplete(depth: Int, Script, [ScriptError])
        /// The script holds the statements that could be read.
        case invalid(Script, [ScriptError])
    }

    /// Brackets, blocks, signs and functions inside each other; deeper texts are refused, since every level takes
    /// room on the stack.
    static let nestingLimit = 64

    let source: Source
    let tokens: [Token]
    private let lexed: Lexer.Result
    var index = 0
    private var depth = 0
    private var errors: [ScriptError] = []
    /// Whether `name = value` may stand here: in the block of a command, which says if it takes such.
    var takesAssignments = false
    private var brokenNames: Set<String> = []
    /// An error that explains everything after it: a bracket that is not closed, or too deep nesting.
    private var hasGivenUp = false
    /// Whether a block that nothing closes ends where its lines are no longer indented, so that what follows is read.
    private let followsIndentation: Bool
    /// The token before which such a block ends.
    private var blockEnd: Int?

    private init(_ source: Source, _ lexed: Lexer.Result, followingIndentation: Bool) {
        self.source = source
        self.lexed = lexed
        tokens = lexed.tokens
        followsIndentation = followingIndentation
    }

    static func parse(_ source: Source) -> Outcome {
        let lexed = Lexer.read(source.text)
        var parser = Parser(source, lexed, followingIndentation: false)
        var statements = parser.parseStatements(inBlock: false)
        let isUnfinished = lexed.isOpen && parser.errors.allSatisfy(\.kind.isUnclosed)
        if lexed.openBlocks > 0 {
            parser = Parser(source, lexed, followingIndentation: true)
            statements = parser.parseStatements(inBlock: false)
        }
        let script = Script(source: source, statements: statements, brokenNames: parser.brokenNames)
        if parser.errors.isEmpty { return .complete(script) }
        return isUnfinished
            ? .incomplete(depth: lexed.openBlocks, script, parser.errors) : .invalid(script, parser.errors)
    }

    // MARK: Tokens

    var current: Token { tokens[index] }
    var next: Token { tokens[min(index + 1, tokens.count - 1)] }
    var previousEnd: Int { index > 0 ? tokens[index - 1].span.end : 0 }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    mutating func take(_ symbol: Symbol) -> Bool {
        guard current.symbol == symbol else { return false }
        advance()
        return true
    }

    /// The next token, consumed, if it is this mark; else an error that says what is wanted.
    mutating func expect(_ symbol: Symbol, _ wanted: String) throws(ScriptError) {
        guard take(symbol) else { throw unexpected(wanted) }
    }

    /// Takes what closes the bracket at `opening`. On a later line than the bracket, what stands there instead is
    /// not at fault: the bracket is.
    mutating func close(_ opening: Token, _ wanted: String) throws(ScriptError) {
        guard let bracket = opening.symbol, let closing = bracket.closing, !take(closing) else { return }
        if case .end = current.kind { throw unexpected(wanted) }
        let between = source[Span(opening.span.end, current.span.start)]
        throw between.utf8.contains(.newline)
            ? ScriptError(.missingClosing(bracket.rawValue), opening.span) : unexpected(wanted)
    }

    /// The error for a token that does not fit: what it carries, an open bracket at the end, or what is wanted.
    func unexpected(_ wanted: String) -> ScriptError {
        switch current.kind {
        case .invalid(.unclosed(let text)):
            return ScriptError(.unclosed(text), lexed.openText ?? current.span)
        case .invalid(.badEscape(let character, at: let place)):
            return ScriptError(
                .badEscape(character, at: place), Span(place, place + 1 + character.utf8.count))
        case .invalid(let kind):
            return ScriptError(kind, current.span)
        case .end:
            if let innermost = lexed.open.last {
                return ScriptError(.unclosed(innermost.symbol.rawValue), innermost.span)
            }
            return ScriptError(.expected(wanted, found: nil), current.span)
        case .symbol(.newline):
            return ScriptError(.expected(wanted, found: nil), Span(previousEnd, previousEnd))
        default:
            return ScriptError(.expected(wanted, found: source[current.span]), current.span)
        }
    }

    /// Runs `body` one nesting level deeper.
    mutating func nested<Result>(
        _ body: (inout Parser) throws(ScriptError) -> Result
    ) throws(ScriptError) -> Result {
        guard depth < Self.nestingLimit else { throw ScriptError(.tooDeep(Self.nestingLimit), current.span) }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    // MARK: Statements in a row

    /// The statements up to the end or, in a block, up to its `}`, which is not consumed.
    mutating func parseStatements(inBlock: Bool) -> [Statement] {
        var statements: [Statement] = []
        while true {
            let lineEnd = index
            while take(.newline) || take(.semicolon) {}
            if case .end = current.kind { break }
            if inBlock, current.symbol == .rightBrace { break }
            if inBlock, let blockEnd, index >= blockEnd {
                index = lineEnd
                break
            }
            let start = index
            do throws(ScriptError) {
                let statement = try parseStatement()
                try expectStatementEnd(inBlock: inBlock)
                statements.append(statement)
            } catch {
                report(error)
                recover(from: start, inBlock: inBlock)
            }
        }
        return statements
    }

    /// The block of a command or, with `takesAssignments` false, of a `def`.
    mutating func parseBlock(takingAssignments: Bool) throws(ScriptError) -> Block {
        let outside = takesAssignments
        takesAssignments = takingAssignments
        defer { takesAssignments = outside }
        return try parseBlock()
    }

    /// A block; `wanted` words the error if there is no `{`.
    mutating func parseBlock(_ wanted: String = "a block: `{`") throws(ScriptError) -> Block {
        let (opening, place) = (current.span, index)
        try expect(.leftBrace, wanted)
        let outerEnd = blockEnd
        defer { blockEnd = outerEnd }
        let end = followsIndentation && isUnclosed(tokens[place]) ? seemingEnd(ofBlockAt: place) : nil
        blockEnd = end ?? outerEnd
        let statements = try nested { (parser) throws(ScriptError) in parser.parseStatements(inBlock: true) }
        let span = opening.joined(to: current.span)
        if take(.rightBrace) || hasGivenUp { return Block(statements: statements, span: span) }
        guard followsIndentation else { throw ScriptError(.unclosed("{"), opening) }
        let error = end.map { ScriptError.Kind.unclosedBlock(line: source.line(at: tokens[$0].span.start)) }
        report(ScriptError(error ?? .unclosed("{"), opening))
        return Block(statements: statements, span: span)
    }

    private func isUnclosed(_ brace: Token) -> Bool { lexed.open.contains { $0.span == brace.span } }

    /// Before which token a block ends that nothing closes: the first on a line that is indented no more than the one
    /// that the block begins on; nil if there is none, or if already the block's first line is not indented more.
    private func seemingEnd(ofBlockAt place: Int) -> Int? {
        let indentation = indentation(of: tokens[place])
        var depth = 0
        for index in tokens.indices.dropFirst(place + 1).dropLast() {
            let token = tokens[index]
            if token.symbol == .leftBrace, !isUnclosed(token) { depth += 1 }
            if token.symbol == .rightBrace { depth -= 1 }
            guard depth == 0, tokens[index - 1].symbol == .newline, token.symbol != .newline,
                token.symbol != .rightBrace, self.indentation(of: token) <= indentation
            else { continue }
            return tokens[(place + 1)..<index].allSatisfy { $0.symbol == .newline } ? nil : index
        }
        return nil
    }

    /// How many spaces and tabs the line of a token begins with.
    private func indentation(of token: Token) -> Int {
        let before = source[Span(0, token.span.start)].utf8
        return before.reversed().prefix { $0 != .newline }.reversed().prefix(while: \.isBlank).count
    }

    private func expectStatementEnd(inBlock: Bool) throws(ScriptError) {
        switch current.kind {
        case .end, .symbol(.newline), .symbol(.semicolon): return
        case .symbol(.rightBrace) where inBlock: return
        case .symbol(.comma): throw ScriptError(.commaBetweenArguments, current.span)
        case .word("else"): throw ScriptError(.misplacedElse, current.span)
        default: throw unexpected("the end of the statement")
        }
    }

    private mutating func report(_ error: ScriptError) {
        if !hasGivenUp { errors.append(error) }
        switch error.kind {
        case .unclosed, .tooDeep:
            hasGivenUp = true
            index = tokens.count - 1
        default: break
        }
    }

    /// Moves to the end of the broken statement that began at `start`, over the blocks that it opens.
    private mutating func recover(from start: Int, inBlock: Bool) {
        // The brackets between the start and the error that are still open.
        var openBraces = 0
        for token in tokens[start..<index] {
            if token.symbol == .leftBrace { openBraces += 1 }
            if token.symbol == .rightBrace { openBraces = max(openBraces - 1, 0) }
        }
        skipping: while true {
            switch current.kind {
            case .end: break skipping
            case .symbol(.leftBrace): openBraces += 1
            case .symbol(.rightBrace):
                if openBraces == 0, inBlock { break skipping }
                openBraces = max(openBraces - 1, 0)
            case .symbol(.newline), .symbol(.semicolon):
                if openBraces == 0 { break skipping }
            default: break
            }
            advance()
        }
        var before: Token?
        for token in tokens[start..<index] {
            if let name = token.word, before?.symbol == .arrow { brokenNames.insert(name) }
            if let name = token.word, let word = before?.word, ["let", "for", "def"].contains(word) {
                brokenNames.insert(name)
            }
            before = token
        }
    }
}
