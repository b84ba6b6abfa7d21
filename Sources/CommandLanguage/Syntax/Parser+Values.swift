extension Parser {
    /// A value in a command: a word, number, text, list, `$name` or `( expression )`.
    mutating func parseValue(or wanted: String = "a value") throws(ScriptError) -> Expression {
        let start = current.span
        let value: Expression
        switch current.kind {
        case .word(let word):
            value = wordExpression(word)
            advance()
        case .symbol(.leftParenthesis):
            let inner = try parseGroup()
            value = try parseAccess(
                of: Expression(kind: .group(inner), span: Span(start.start, previousEnd)))
        case .symbol(.leftBracket):
            value = try parseList { (parser) throws(ScriptError) in try parser.parseValue() }
        default:
            guard let literal = literal() else { throw unexpected(wanted) }
            advance()
            value = try parseAccess(of: literal)
        }
        try checkSpaceAfter(value)
        return value
    }

    /// `$folder/model` is two values with no space between them.
    private func checkSpaceAfter(_ value: Expression) throws(ScriptError) {
        guard current.isGlued else { return }
        switch current.kind {
        case .word, .number, .size, .range, .text, .variable, .symbol(.leftParenthesis),
            .symbol(.leftBracket):
            let text = source[Span(value.span.start, current.span.end)]
            throw ScriptError(.gluedValues(text), Span(value.span.start, current.span.end))
        default: return
        }
    }

    func wordExpression(_ word: String) -> Expression {
        switch word {
        case "true": Expression(kind: .constant(.boolean(true)), span: current.span)
        case "false": Expression(kind: .constant(.boolean(false)), span: current.span)
        default: Expression(kind: .word(word), span: current.span)
        }
    }

    /// The current token if it is a value that is the same in commands and in expressions.
    private func literal() -> Expression? {
        let span = current.span
        return switch current.kind {
        case .number(let number): Expression(kind: .constant(.number(number)), span: span)
        case .size(let extents): Expression(kind: .constant(.size(extents)), span: span)
        case .range(let lower, let upper): Expression(kind: .constant(.range(lower, upper)), span: span)
        case .text(let parts): Expression(kind: .text(parts), span: span)
        case .variable(let name, let fields): .reference(name, fields: fields, span)
        default: nil
        }
    }

    /// `[element, element]`, over several lines if need be.
    private mutating func parseList(
        _ element: (inout Parser) throws(ScriptError) -> Expression
    ) throws(ScriptError) -> Expression {
        let opening = current
        advance()
        var elements: [Expression] = []
        try nested { (parser) throws(ScriptError) in
            while parser.current.symbol != .rightBracket {
                elements.append(try element(&parser))
                if !parser.take(.comma) { break }
            }
            try parser.close(opening, "`,` or `]`")
        }
        return Expression(kind: .list(elements), span: Span(opening.span.start, previousEnd))
    }

    /// The expression between `(` and `)`.
    private mutating func parseGroup() throws(ScriptError) -> Expression {
        let opening = current
        advance()
        return try nested { (parser) throws(ScriptError) in
            let inner = try parser.parseExpression()
            if parser.current.symbol == .equals { throw ScriptError(.singleEquals, parser.current.span) }
            try parser.close(opening, "an operator or `)`")
            return inner
        }
    }

    /// `[index]` and `.field` after a value, as often as they come.
    private mutating func parseAccess(of base: Expression) throws(ScriptError) -> Expression {
        var accessors: [Expression.Accessor] = []
        var root = base
        if case .access(let inner, let first) = base.kind { (root, accessors) = (inner, first) }
        let given = accessors.count
        while current.isGlued {
            if case .field(let name) = current.kind {
                let span = Span(current.span.start + 1, current.span.end)
                accessors.append(.field(Identifier(text: name, span: span)))
                advance()
            } else if current.symbol == .leftBracket, base.canBeIndexed {
                let opening = current
                advance()
                let index = try nested { (parser) throws(ScriptError) in try parser.parseExpression() }
                try close(opening, "`]`")
                accessors.append(.index(index))
            } else {
                break
            }
        }
        guard accessors.count > given else { return base }
        return Expression(kind: .access(root, accessors), span: Span(base.span.start, previousEnd))
    }

    // MARK: Expressions

    /// Arithmetic, comparison and logic.
    mutating func parseExpression(atLeast minimum: BinaryOperator.Precedence = .or) throws(ScriptError)
        -> Expression
    {
        var left = try parseUnary()
        while true {
            if current.symbol == .dots, minimum <= .range {
                advance()
                let upper = try parseExpression(atLeast: .sum)
                if current.symbol == .dots { throw unexpected("one `..`") }
                left = Expression(kind: .range(left, upper), span: left.span.joined(to: upper.span))
                continue
            }
            guard let precedence = binaryOperator?.precedence, precedence >= minimum else { return left }
            var terms: [Expression.Term] = []
            while let symbol = binaryOperator, symbol.precedence == precedence {
                advance()
                terms.append(
                    Expression.Term(operator: symbol, operand: try parseExpression(atLeast: precedence.next)))
            }
            left = Expression(kind: .operation(left, terms), span: Span(left.span.start, previousEnd))
        }
    }

    /// The operator at hand, except the power, which binds to the right.
    private var binaryOperator: BinaryOperator? {
        switch current.kind {
        case .word("and"): .and
        case .word("or"): .or
        case .symbol(let symbol) where symbol != .caret && symbol != .doubleStar:
            BinaryOperator(rawValue: symbol.rawValue)
        default: nil
        }
    }

    private mutating func parseUnary() throws(ScriptError) -> Expression {
        let start = current.span.start
        let sign: UnaryOperator
        if current.symbol == .minus {
            sign = .minus
        } else if current.word == "not" {
            sign = .not
        } else {
            return try parsePower()
        }
        advance()
        let operand = try nested { (parser) throws(ScriptError) in
            // `not $a == 1` denies the comparison; `-2^2` is -4.
            sign == .not ? try parser.parseExpression(atLeast: .comparison) : try parser.parseUnary()
        }
        return Expression(kind: .unary(sign, operand), span: Span(start, previousEnd))
    }

    private mutating func parsePower() throws(ScriptError) -> Expression {
        let base = try parseOperand()
        guard current.symbol == .caret || current.symbol == .doubleStar else { return base }
        advance()
        let exponent = try nested { (parser) throws(ScriptError) in try parser.parseUnary() }
        return Expression(
            kind: .operation(base, [Expression.Term(operator: .power, operand: exponent)]),
            span: Span(base.span.start, previousEnd))
    }

    private mutating func parseOperand() throws(ScriptError) -> Expression {
        switch current.kind {
        case .symbol(.leftParenthesis):
            let start = current.span.start
            let inner = try parseGroup()
            return try parseAccess(of: Expression(kind: .group(inner), span: Span(start, previousEnd)))
        case .symbol(.leftBracket):
            let list = try parseList { (parser) throws(ScriptError) in try parser.parseExpression() }
            return try parseAccess(of: list)
        case .word(let word):
            if next.symbol == .leftParenthesis { return try parseFunction(word) }
            let value = wordExpression(word)
            defer { advance() }
            guard case .word = value.kind else { return value }
            return Expression(kind: .name(word), span: value.span)
        default:
            guard let literal = literal() else { throw unexpected("a value") }
            advance()
            return try parseAccess(of: literal)
        }
    }

    private mutating func parseFunction(_ name: String) throws(ScriptError) -> Expression {
        let identifier = Identifier(text: name, span: current.span)
        advance()
        let opening = current
        advance()
        var arguments: [Expression] = []
        try nested { (parser) throws(ScriptError) in
            while parser.current.symbol != .rightParenthesis {
                arguments.append(try parser.parseExpression())
                if !parser.take(.comma) { break }
            }
            try parser.close(opening, "`,` or `)`")
        }
        let call = Expression(
            kind: .function(identifier, arguments), span: Span(identifier.span.start, previousEnd))
        return try parseAccess(of: call)
    }
}

extension Expression {
    /// Whether `[0]` right after it takes an element.
    fileprivate var canBeIndexed: Bool {
        switch kind {
        case .variable, .access, .group, .list, .function: true
        default: false
        }
    }
}
