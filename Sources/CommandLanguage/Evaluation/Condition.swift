/// An expression that is true or false, to be evaluated with several values of its variables: what an argument of the
/// kind `.condition` holds.
package struct Condition: Sendable {
    /// Between its parentheses, as typed.
    package let text: String
    private let expression: Expression
    /// The two sides and how they compare, if that is all it does.
    private let comparison: (left: Expression, symbol: BinaryOperator, right: Expression)?

    /// Nil if the text is no expression.
    package init?(_ text: String) {
        let outcome = Parser.parse(Source(name: "condition", text: "(\(text)\n)"))
        guard case .complete(let script) = outcome, script.statements.count == 1,
            case .show(let expression) = script.statements[0].kind
        else { return nil }
        self.text = text
        self.expression = expression.unwrapped
        if case .operation(let left, let terms) = self.expression.kind, terms.count == 1,
            terms[0].operator.precedence == .comparison
        {
            comparison = (left, terms[0].operator, terms[0].operand)
        } else {
            comparison = nil
        }
    }

    /// What it reads, each once.
    package var variables: [String] { Self.variables(of: expression) }

    /// Whether both sides of a comparison by size read one of these.
    package func compares(_ names: [String]) -> Bool {
        guard let comparison, comparison.symbol.isBySize else { return false }
        return [comparison.left, comparison.right].allSatisfy { side in
            Self.variables(of: side).contains(where: names.contains)
        }
    }

    /// - Throws: `Formula.Problem` if it cannot be computed, or is neither true nor false.
    package func holds(where variable: @escaping (String) -> Value?) throws(Formula.Problem) -> Bool {
        let value = try Self.value(of: expression, variable)
        guard case .boolean(let holds) = value else {
            throw Formula.Problem(.notBoolean("a claim", found: value))
        }
        return holds
    }

    /// By how much a comparison by size holds, `a - b` of `a > b`; nil if it is something else.
    ///
    /// - Throws: `Formula.Problem` if a side is no number.
    package func excess(where variable: @escaping (String) -> Value?) throws(Formula.Problem) -> Double? {
        guard let comparison, comparison.symbol.isBySize else { return nil }
        let left = try Self.number(comparison.left, variable)
        let right = try Self.number(comparison.right, variable)
        return comparison.symbol == .greater || comparison.symbol == .greaterOrEqual
            ? left - right : right - left
    }

    /// What it compares, or all that it reads: as typed, with the values.
    package func observed(
        where variable: @escaping (String) -> Value?
    ) -> [(text: String, value: Value)] {
        let source = Source(name: "condition", text: "(\(text)\n)")
        return expression.observables.compactMap { part in
            (try? Self.value(of: part, variable)).map { (source[part.span], $0) }
        }
    }

    private static func variables(of expression: Expression) -> [String] {
        var names: [String] = []
        expression.visit { if case .variable(let name) = $0.kind { names.append(name) } }
        return names.unique
    }

    private static func number(
        _ expression: Expression, _ variable: @escaping (String) -> Value?
    ) throws(Formula.Problem) -> Double {
        let value = try value(of: expression, variable)
        guard case .number(let number) = value else { throw Formula.Problem(.notNumber(value)) }
        return number
    }

    private static func value(
        of expression: Expression, _ variable: @escaping (String) -> Value?
    ) throws(Formula.Problem) -> Value {
        do throws(ScriptError) {
            return try ExpressionEvaluator(variable: variable).value(of: expression)
        } catch {
            throw Formula.Problem(error.kind)
        }
    }
}

extension BinaryOperator {
    fileprivate var isBySize: Bool {
        self == .less || self == .lessOrEqual || self == .greater || self == .greaterOrEqual
    }
}
