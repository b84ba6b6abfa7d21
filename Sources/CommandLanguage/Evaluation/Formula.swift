/// An expression over variables or measured names that only later have values, as the text between its parentheses:
/// equal texts are equal formulas.
///
/// An argument of the kind `.formula` or `.measurement` gives such a text. What else the expression refers to has been replaced by its
/// value, so the text means the same in another session.
package struct Formula: Sendable, Hashable {
    /// Why it gives no number.
    package struct Problem: CommandFailure {
        package let code: any ErrorCode
        package let message: String
        package let hint: String?
        /// Set by the command whose argument it is.
        package var argument: String?

        init(_ kind: ScriptError.Kind) {
            code = kind.code
            message = kind.message
            hint = kind.hint
        }
    }

    /// What completion calls the names that an argument of the kind `.measurement` may have.
    package static let noun = "measured quantity"
    /// And those that any other expression may have.
    package static let factNoun = "measured fact"

    package let text: String
    /// What it measures, in the order in which it stands there.
    package let names: [String]
    private let expression: Expression

    /// Nil if the text is no expression over these variables.
    package init?(_ text: String, of variables: [String]) {
        self.init(text) { part in
            switch part {
            case .variable(let name): variables.contains(name)
            case .name: false
            default: true
            }
        }
    }

    /// An expression of names that are measured; nil if the text is none.
    package init?(measuring text: String) {
        self.init(text) { part in
            if case .variable = part { false } else { true }
        }
    }

    private init?(_ text: String, allowing isAllowed: (Expression.Kind) -> Bool) {
        let outcome = Parser.parse(Source(name: "formula", text: "(\(text))"))
        guard case .complete(let script) = outcome, script.statements.count == 1,
            case .show(let expression) = script.statements[0].kind
        else { return nil }
        var isKnown = true
        var names: [String] = []
        expression.visit { part in
            if !isAllowed(part.kind) { isKnown = false }
            if let name = part.measuredName { names.append(name) }
        }
        guard isKnown else { return nil }
        self.text = text
        self.names = names.unique
        self.expression = expression
    }

    /// The name that it is, if it is no more than that.
    package var soleName: String? { expression.unwrapped.measuredName }

    /// A name alone, which needs quotes if it is no word of an expression, such as `0.weight.norm`.
    package init?(ofName name: String) {
        if let plain = Formula(measuring: name), plain.names == [name] {
            self = plain
        } else {
            self.init(measuring: Value.text(name).expressionLiteral)
        }
    }

    /// Its value where the variables have these.
    ///
    /// - Throws: `Problem` if there is none, or no number.
    package func number(where variable: (String) -> Double?) throws(Problem) -> Double {
        let value = try withoutActuallyEscaping(variable) { (variable) throws(Problem) -> Value in
            try evaluated(by: ExpressionEvaluator(variable: { variable($0).map(Value.number) }))
        }
        guard case .number(let number) = value else { throw Problem(.notNumber(value)) }
        return number
    }

    /// Its value where the names have these.
    ///
    /// - Throws: `Problem` if there is none.
    package func value(measuring measure: (String) -> Value?) throws(Problem) -> Value {
        try withoutActuallyEscaping(measure) { (measure) throws(Problem) -> Value in
            try evaluated(by: ExpressionEvaluator(measuring: measure))
        }
    }

    private func evaluated(by evaluator: ExpressionEvaluator) throws(Problem) -> Value {
        do throws(ScriptError) {
            return try evaluator.value(of: expression)
        } catch {
            throw Problem(error.kind)
        }
    }

    package static func == (a: Formula, b: Formula) -> Bool { a.text == b.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Expression {
    /// The name that is measured, if it is one or a text that could be one.
    fileprivate var measuredName: String? {
        switch kind {
        case .name(let name): name
        case .text: if case .text(let text)? = constantValue { text } else { nil }
        default: nil
        }
    }

    /// Whether nothing in it is measured by a bare name.
    var hasNoNames: Bool {
        var hasNone = true
        visit { if case .name = $0.kind { hasNone = false } }
        return hasNone
    }

    /// The text of a formula of `variables`: everything else that it refers to is replaced by its value, comments and
    /// line breaks go.
    func formulaText(
        of variables: [String], in source: Source, _ value: (Expression) throws(Diagnostic) -> String
    ) throws(Diagnostic) -> String {
        var text = ""
        var position = unwrapped.span.start
        for reference in unwrapped.references(besides: Set(variables)) {
            text += source[Span(position, reference.span.start)]
            text += try value(reference)
            position = reference.span.end
        }
        text += source[Span(position, unwrapped.span.end)]
        return text.onOneLine
    }

    /// The outermost references that none of `variables` takes part in, in source order.
    private func references(besides variables: Set<String>) -> [Expression] {
        switch kind {
        case .variable(let name): variables.contains(name) ? [] : [self]
        case .access where !refers(to: variables): isConstant ? [] : [self]
        case .access(let base, let accessors):
            base.references(besides: variables)
                + accessors.flatMap { accessor -> [Expression] in
                    guard case .index(let index) = accessor else { return [] }
                    return index.references(besides: variables)
                }
        case .list(let parts), .function(_, let parts): parts.flatMap { $0.references(besides: variables) }
        case .group(let inner), .unary(_, let inner): inner.references(besides: variables)
        case .operation(let first, let terms):
            ([first] + terms.map(\.operand)).flatMap { $0.references(besides: variables) }
        case .range(let lower, let upper): [lower, upper].flatMap { $0.references(besides: variables) }
        case .text: isConstant || refers(to: variables) ? [] : [self]
        case .constant, .word, .name: []
        }
    }

    private func refers(to variables: Set<String>) -> Bool {
        var refers = false
        visit { if case .variable(let name) = $0.kind, variables.contains(name) { refers = true } }
        return refers
    }
}

extension Value {
    /// As it would be typed in an expression, where a bare word is a name.
    var expressionLiteral: String {
        switch self {
        case .text(let text): "\"\(text.escaped)\""
        case .list(let elements): "[" + elements.map(\.expressionLiteral).joined(separator: ", ") + "]"
        default: literal
        }
    }
}

extension String {
    /// The same expression with one space where there was any, and without comments.
    fileprivate var onOneLine: String {
        // Between parentheses, as it stood.
        let source = Source(name: "", text: "(\(self)\n)")
        let tokens = Lexer.read(source.text).tokens.dropFirst().dropLast(2)
        return tokens.reduce(into: "") { text, token in
            if !text.isEmpty, !token.isGlued { text += " " }
            text += source[token.span]
        }
    }
}

extension Formula: Codable {
    private struct Record: Codable {
        let text: String
        let variables: [String]
    }

    package init(from decoder: any Decoder) throws {
        let record = try Record(from: decoder)
        guard let formula = Formula(record.text, of: record.variables) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "`\(record.text)` is no formula"))
        }
        self = formula
    }

    package func encode(to encoder: any Encoder) throws {
        try Record(text: text, variables: variables).encode(to: encoder)
    }

    private var variables: [String] {
        var names: [String] = []
        expression.visit { if case .variable(let name) = $0.kind { names.append(name) } }
        return names.unique
    }
}
