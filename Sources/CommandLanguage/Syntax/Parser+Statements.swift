extension Parser {
    mutating func parseStatement() throws(ScriptError) -> Statement {
        let start = current.span
        let kind: Statement.Kind =
            switch current.kind {
            case .word(let word):
                if let keyword = Keyword(rawValue: word) {
                    try parse(keyword)
                } else if takesAssignments, next.symbol == .equals {
                    .command(try parseAssignment(to: word))
                } else {
                    .command(try parseCommand(verb: word))
                }
            case .variable(let name, let fields) where next.symbol == .equals && fields.isEmpty:
                throw ScriptError(
                    .assignmentWithoutLet(name, value: assignedText(after: 2), hint: nil), start)
            case .variable, .symbol(.leftParenthesis):
                .show(try parseShown())
            case .symbol(.rightBrace):
                throw ScriptError(.unopened("}"), start)
            default:
                throw statementStartError()
            }
        return Statement(kind: kind, span: Span(start.start, previousEnd))
    }

    private func statementStartError() -> ScriptError {
        switch current.kind {
        case .number, .size, .range, .text, .symbol(.leftBracket):
            ScriptError(.noCommand(source[current.span]), current.span)
        default: unexpected("a command")
        }
    }

    private mutating func parseShown() throws(ScriptError) -> Expression {
        let value = try parseValue()
        if current.symbol == .arrow { throw ScriptError(.arrowAfterValue, current.span) }
        if case .word(let word) = current.kind, BinaryOperator(rawValue: word) != nil {
            throw ScriptError(.arithmeticWithoutParentheses, current.span)
        }
        return value
    }

    // MARK: Commands

    private mutating func parseCommand(verb: String) throws(ScriptError) -> CommandNode {
        let identifier = Identifier(text: verb, span: current.span)
        advance()
        try checkForeignHabit(identifier)
        var arguments: [ArgumentNode] = []
        while startsArgument, !startsOutput { arguments.append(try parseArgument()) }
        var block: Block?
        var furtherBlocks: [NamedBlock] = []
        if current.symbol == .leftBrace {
            block = try parseBlock(takingAssignments: true)
            while true {
                if current.word != nil, next.symbol == .equals {
                    arguments.append(try parseArgument())
                } else if startsBlock {
                    furtherBlocks.append(try parseNamedBlock())
                } else {
                    break
                }
            }
        }
        let output = startsOutput ? try parseOutput() : nil
        var result: Identifier?
        if take(.arrow) {
            result = try parseVariableName(.resultName)
            if current.symbol == .leftBrace { throw ScriptError(.blockAfterArrow, current.span) }
        }
        return CommandNode(
            verb: identifier, arguments: arguments, block: block, furtherBlocks: furtherBlocks,
            output: output,
            result: result)
    }

    private var startsBlock: Bool {
        current.symbol == .leftBrace
            || next.symbol == .leftBrace && current.word != nil && current.word != Keyword.else.rawValue
    }

    private mutating func parseNamedBlock() throws(ScriptError) -> NamedBlock {
        var name: Identifier?
        if let word = current.word {
            name = Identifier(text: word, span: current.span)
            advance()
        }
        return NamedBlock(name: name, block: try parseBlock(takingAssignments: true))
    }

    private var startsOutput: Bool {
        current.word == ">" || current.word == "as" && next.word.flatMap(OutputFormat.init(rawValue:)) != nil
    }

    private mutating func parseOutput() throws(ScriptError) -> OutputNode {
        let start = current.span
        let isFile = current.word == ">"
        advance()
        if !isFile, let format = current.word.flatMap(OutputFormat.init(rawValue:)) {
            let span = start.joined(to: current.span)
            advance()
            return OutputNode(kind: .shown(format), span: span)
        }
        guard startsArgument else { throw unexpected("a file after `>`") }
        let file = try parseValue()
        return OutputNode(kind: .file(file), span: start.joined(to: file.span))
    }

    /// `name = value...`
    private mutating func parseAssignment(to name: String) throws(ScriptError) -> CommandNode {
        let identifier = Identifier(text: name, span: current.span)
        advance()
        advance()
        guard startsArgument else { throw unexpected("a value after `\(name) =`") }
        var values: [ArgumentNode] = []
        while startsArgument { values.append(ArgumentNode(name: nil, value: try parseValue())) }
        return CommandNode(verb: identifier, arguments: values, isAssignment: true)
    }

    /// `x = 5`, `x += 1`, `model.fit()` and their like.
    private func checkForeignHabit(_ verb: Identifier) throws(ScriptError) {
        if current.symbol == .equals {
            throw ScriptError(
                .assignmentWithoutLet(verb.text, value: assignedText(after: 1), hint: nil), verb.span)
        }
        if let word = current.word, ["+", "-", "*", "/"].contains(word), next.symbol == .equals, next.isGlued
        {
            let value = "($\(verb.text) \(word) \(assignedText(after: 2)))"
            throw ScriptError(.assignmentWithoutLet(verb.text, value: value, hint: nil), verb.span)
        }
        if current.symbol == .leftParenthesis, current.isGlued {
            throw ScriptError(
                .calledLikeFunction(verb.text, hint: nil), Span(verb.span.start, current.span.end))
        }
    }

    /// The rest of the line after so many tokens, for a hint that repeats it.
    private func assignedText(after count: Int) -> String {
        let from = min(index + count, tokens.count - 1)
        let end = tokens[from...].first { token in
            switch token.kind {
            case .end, .symbol(.newline), .symbol(.semicolon), .symbol(.rightBrace): true
            default: false
            }
        }
        let text = source[Span(tokens[from].span.start, end?.span.start ?? previousEnd)]
        return text.isEmpty ? "value" : String(text.prefix { $0 != "#" }.trimmingBlanks)
    }

    private var startsArgument: Bool {
        switch current.kind {
        case .symbol(.leftParenthesis), .symbol(.leftBracket): true
        case .symbol(.equals), .invalid: true
        case .symbol, .end: false
        default: true
        }
    }

    private mutating func parseArgument() throws(ScriptError) -> ArgumentNode {
        guard case .word(let name) = current.kind, next.symbol == .equals else {
            if current.symbol == .equals {
                throw ScriptError(
                    .spacesAroundEquals(index > 0 ? source[tokens[index - 1].span] : ""), current.span)
            }
            return ArgumentNode(name: nil, value: try parseValue())
        }
        let identifier = Identifier(text: name, span: current.span)
        guard next.isGlued else { throw ScriptError(.spacesAroundEquals(name), next.span) }
        advance()
        advance()
        guard current.isGlued, startsArgument else {
            switch current.kind {
            case .end, .symbol: throw unexpected("a value after `\(name)=`")
            default: throw ScriptError(.spacesAroundEquals(name), tokens[index - 1].span)
            }
        }
        return ArgumentNode(name: identifier, value: try parseValue())
    }

    // MARK: The language's own statements

    private mutating func parse(_ keyword: Keyword) throws(ScriptError) -> Statement.Kind {
        let span = current.span
        advance()
        switch keyword {
        case .let: return try parseLet()
        case .if: return try parseIf()
        case .while:
            let condition = try parseCondition(keyword)
            return .whileLoop(condition, try parseBlock())
        case .for: return try parseFor()
        case .repeat:
            let count = try parseValue(or: "how many times: a number, `$name` or `( expression )`")
            return .repeatLoop(count, try parseBlock())
        case .break: return .breakLoop
        case .continue: return .continueLoop
        case .def: return .definition(try parseDefinition())
        case .return: return .returnValue(startsArgument ? try parseSoleValue() : nil)
        case .expect: return .expectation(try parseCondition(keyword))
        case .else: throw ScriptError(.misplacedElse, span)
        }
    }

    private mutating func parseLet() throws(ScriptError) -> Statement.Kind {
        let name = try parseVariableName(.letName)
        try expect(.equals, "`=` and a value, as in `let \(name.text) = 5`")
        return .letBinding(name, try parseSoleValue())
    }

    /// A value that ends its statement; says what to do when more follows.
    private mutating func parseSoleValue() throws(ScriptError) -> Expression {
        let value = try parseValue()
        if let word = current.word, BinaryOperator(rawValue: word) != nil || word == "**" {
            throw ScriptError(.arithmeticWithoutParentheses, current.span)
        }
        if case .word(let command) = value.kind, startsArgument || current.symbol == .arrow {
            throw ScriptError(.commandAsValue(command), value.span)
        }
        return value
    }

    private mutating func parseCondition(_ keyword: Keyword) throws(ScriptError) -> Expression {
        switch current.kind {
        case .symbol(.leftParenthesis), .variable, .word("true"), .word("false"): break
        case .end, .symbol, .invalid: throw unexpected("a condition in parentheses")
        default: throw ScriptError(.conditionNeedsParentheses(keyword.rawValue), current.span)
        }
        let condition = try parseValue()
        if case .word(let word) = current.kind, BinaryOperator(rawValue: word) != nil {
            throw ScriptError(.conditionNeedsParentheses(keyword.rawValue), current.span)
        }
        return condition
    }

    private mutating func parseIf() throws(ScriptError) -> Statement.Kind {
        var branches = [Statement.Branch(condition: try parseCondition(.if), body: try parseBlock())]
        while current.word == "else" {
            advance()
            guard current.word == "if" else { return .conditional(branches, otherwise: try parseBlock()) }
            advance()
            branches.append(Statement.Branch(condition: try parseCondition(.if), body: try parseBlock()))
        }
        return .conditional(branches, otherwise: nil)
    }

    private mutating func parseFor() throws(ScriptError) -> Statement.Kind {
        let name = try parseVariableName(.loopName)
        guard current.word == "in" else {
            throw unexpected("`in`, as in `for \(name.text) in [1, 2, 3] { }`")
        }
        advance()
        let sequence = try parseValue(or: "what to go through: a list, a range or `$name`")
        return .forLoop(name, sequence, try parseBlock())
    }

    private mutating func parseDefinition() throws(ScriptError) -> Definition {
        guard let name = current.word else { throw unexpected("a name for the new command") }
        let identifier = Identifier(text: name, span: current.span)
        guard NameRule.word.allows(name) else { throw ScriptError(.badCommandName(name), current.span) }
        advance()
        var parameters: [Definition.Parameter] = []
        let opening = current
        if take(.leftParenthesis) {
            while current.symbol != .rightParenthesis {
                parameters.append(try parseParameter())
                if !take(.comma) { break }
            }
            try close(opening, "`,` or `)`")
        } else if current.symbol != .leftBrace, startsArgument {
            throw ScriptError(
                .parametersWithoutParentheses(name, given: givenParameters), current.span)
        }
        return Definition(
            name: identifier, parameters: parameters, body: try parseBlock(takingAssignments: false))
    }

    /// `m=0.1 n` up to the block, as they would stand between parentheses.
    private var givenParameters: String {
        let end = tokens[index...].first { token in
            switch token.kind {
            case .end, .symbol(.newline), .symbol(.leftBrace): true
            default: false
            }
        }
        return source[Span(current.span.start, end?.span.start ?? previousEnd)].split(separator: " ")
            .map { $0.filter { $0 != "," && $0 != "$" } }.joined(separator: ", ")
    }

    private mutating func parseParameter() throws(ScriptError) -> Definition.Parameter {
        let name = try parseVariableName(.parameterName)
        guard take(.equals) else { return Definition.Parameter(name: name, defaultValue: nil) }
        if let word = current.word, next.symbol == .comma || next.symbol == .rightParenthesis {
            let value = wordExpression(word)
            advance()
            return Definition.Parameter(name: name, defaultValue: value)
        }
        return Definition.Parameter(name: name, defaultValue: try parseExpression())
    }

    /// A name that is about to be defined.
    private mutating func parseVariableName(_ use: ScriptError.NameUse) throws(ScriptError) -> Identifier {
        switch current.kind {
        case .word(let word):
            guard NameRule.variable.allows(word) else {
                throw ScriptError(.badVariableName(word), current.span)
            }
            let identifier = Identifier(text: word, span: current.span)
            advance()
            return identifier
        case .variable(let name, _):
            throw ScriptError(.dollarInName(name, use), current.span)
        default:
            throw unexpected(use.wanted)
        }
    }
}

/// The words that the parser itself knows; none can name a command.
enum Keyword: String, CaseIterable, Sendable {
    case `let`, `if`, `else`, `while`, `for`, `repeat`, `break`, `continue`, def, `return`, expect
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    var trimmingBlanks: SubSequence {
        let isBlank: (Character) -> Bool = {
            $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" || $0 == "\r\n"
        }
        let front = drop(while: isBlank)
        guard let last = front.lastIndex(where: { !isBlank($0) }) else { return front[front.endIndex...] }
        return front[...last]
    }
}
