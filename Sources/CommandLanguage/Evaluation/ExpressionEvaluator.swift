#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Computes values. The cases are methods of their own so that a level of nesting takes little of the stack.
struct ExpressionEvaluator {
    /// The value of a variable.
    let variable: (String) -> Value?
    /// The value of a name that is measured, nil if it has none.
    private let measuredName: (String) -> Value?
    /// Texts are such names too where a formula is measured, for those that are no words of an expression.
    private let measuredText: (String) -> Value?

    init(variable: @escaping (String) -> Value?, measuredName: @escaping (String) -> Value? = { _ in nil }) {
        self.variable = variable
        self.measuredName = measuredName
        measuredText = { _ in nil }
    }

    /// Of a formula without variables.
    init(measuring measured: @escaping (String) -> Value?) {
        variable = { _ in nil }
        (measuredName, measuredText) = (measured, measured)
    }

    func value(of expression: Expression) throws(ScriptError) -> Value {
        switch expression.kind {
        case .constant(let value): return value
        case .word(let word): return .text(word)
        case .name(let name):
            guard let value = measuredName(name) else {
                throw ScriptError(.notMeasured(name), expression.span)
            }
            return value
        case .text(let parts):
            let text = try text(of: parts, expression.span)
            return measuredText(text) ?? .text(text)
        case .variable(let name):
            guard let value = variable(name) else { throw ScriptError(.noVariable(name), expression.span) }
            return value
        case .group(let inner): return try value(of: inner)
        case .access(let base, let accessors): return try access(base, accessors)
        case .list(let elements): return try limited(.list(values(of: elements)), expression.span)
        case .unary(let symbol, let operand): return try unary(symbol, operand, expression.span)
        case .operation(let first, let terms): return try operation(first, terms)
        case .range(let lower, let upper): return try range(lower, upper, expression.span)
        case .function(let name, let arguments): return try function(name, arguments, expression.span)
        }
    }

    private func values(of expressions: [Expression]) throws(ScriptError) -> [Value] {
        var values: [Value] = []
        for expression in expressions { values.append(try value(of: expression)) }
        return values
    }

    /// The value, if it is within the limits of any value.
    private func limited(_ value: Value, _ span: Span) throws(ScriptError) -> Value {
        if let problem = value.exceededLimit { throw ScriptError(problem, span) }
        return value
    }

    private func text(of parts: [TextPart], _ span: Span) throws(ScriptError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .reference(let reference):
                let value = try value(of: reference)
                switch value {
                case .nothing, .record: throw ScriptError(.notInText(value), reference.span)
                default: text += value.formatted
                }
            }
            _ = try limited(.text(text), span)
        }
        return text
    }

    private func access(_ base: Expression, _ accessors: [Expression.Accessor]) throws(ScriptError) -> Value {
        var result = try value(of: base)
        for accessor in accessors {
            switch accessor {
            case .field(let name):
                guard let field = result.field(name.text) else {
                    throw ScriptError(.noField(name.text, in: result), name.span)
                }
                result = field
            case .index(let index):
                switch result.element(at: try value(of: index)) {
                case .success(let element): result = element
                case .failure(let kind): throw ScriptError(kind, index.span)
                }
            }
        }
        return result
    }

    private func unary(_ symbol: UnaryOperator, _ operand: Expression, _ span: Span) throws(ScriptError)
        -> Value
    {
        switch (symbol, try value(of: operand)) {
        case (.minus, .number(let number)): return .number(-number)
        case (.not, .boolean(let flag)): return .boolean(!flag)
        case (_, let value): throw ScriptError(.operand(symbol.rawValue, value), span)
        }
    }

    private func range(_ lower: Expression, _ upper: Expression, _ span: Span) throws(ScriptError) -> Value {
        let ends = (try value(of: lower), try value(of: upper))
        guard case (.number(let low), .number(let high)) = ends else {
            throw ScriptError(.operands("..", ends.0, ends.1), span)
        }
        guard low <= high else { throw ScriptError(.reversedRange(low, high), span) }
        return .range(low, high)
    }

    private func function(
        _ name: Identifier, _ arguments: [Expression], _ span: Span
    ) throws(ScriptError) -> Value {
        guard let function = Function.named(name.text) else {
            let close = nearest(to: name.text, among: Function.all.map(\.name))
            throw ScriptError(.unknownFunction(name.text, nearest: close, isCommand: false), name.span)
        }
        let values = try values(of: arguments)
        guard function.arity.contains(values.count) else {
            throw ScriptError(.argumentCount(usage: function.usage, found: values.count), span)
        }
        do throws(Function.Problem) {
            return try function.apply(values)
        } catch {
            throw ScriptError(.functionArgument(name.text, takes: error.takes, found: error.found), span)
        }
    }

    // MARK: Operators

    private func operation(_ first: Expression, _ terms: [Expression.Term]) throws(ScriptError) -> Value {
        switch terms.first?.operator.precedence {
        case .and, .or: return try logic(first, terms)
        case .comparison: return try comparison(first, terms)
        default: return try arithmetic(first, terms)
        }
    }

    /// Stops at the first operand that decides; one that cannot be measured now leaves it to the others.
    private func logic(_ first: Expression, _ terms: [Expression.Term]) throws(ScriptError) -> Value {
        let symbol = terms[0].operator
        var unmeasured: ScriptError?
        for operand in [first] + terms.map(\.operand) {
            let value: Value
            do throws(ScriptError) {
                value = try self.value(of: operand)
            } catch {
                guard case .notMeasured = error.kind else { throw error }
                unmeasured = unmeasured ?? error
                continue
            }
            guard case .boolean(let flag) = value else {
                throw ScriptError(.operand(symbol.rawValue, value), operand.span)
            }
            if flag == (symbol == .or) { return .boolean(flag) }
        }
        if let unmeasured { throw unmeasured }
        return .boolean(symbol == .and)
    }

    /// `0 < $x < 1` holds if both comparisons do.
    private func comparison(_ first: Expression, _ terms: [Expression.Term]) throws(ScriptError) -> Value {
        var left = try value(of: first)
        for term in terms {
            let right = try value(of: term.operand)
            guard let holds = Self.compare(left, term.operator, right) else {
                throw ScriptError(
                    .operands(term.operator.rawValue, left, right), first.span.joined(to: term.operand.span))
            }
            if !holds { return .boolean(false) }
            left = right
        }
        return .boolean(true)
    }

    private static func compare(_ a: Value, _ symbol: BinaryOperator, _ b: Value) -> Bool? {
        switch symbol {
        case .equal: return a == b
        case .notEqual: return a != b
        default: break
        }
        switch (a, b) {
        case (.number(let a), .number(let b)): return ordered(a, symbol, b)
        case (.text(let a), .text(let b)): return ordered(a, symbol, b)
        default: return nil
        }
    }

    private static func ordered<T: Comparable>(_ a: T, _ symbol: BinaryOperator, _ b: T) -> Bool {
        switch symbol {
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        default: a >= b
        }
    }

    private func arithmetic(_ first: Expression, _ terms: [Expression.Term]) throws(ScriptError) -> Value {
        var left = try value(of: first)
        for term in terms {
            let right = try value(of: term.operand)
            let span = first.span.joined(to: term.operand.span)
            switch (left, term.operator, right) {
            case (.number(let a), _, .number(let b)):
                guard let result = Self.calculate(a, term.operator, b) else {
                    throw ScriptError(.divisionByZero(term.operator.rawValue), span)
                }
                left = .number(result)
            case (.text(let a), .plus, .text(let b)): left = try limited(.text(a + b), span)
            case (.list(let a), .plus, .list(let b)): left = try limited(.list(a + b), span)
            default: throw ScriptError(.operands(term.operator.rawValue, left, right), span)
            }
        }
        return left
    }

    /// Nil for a division by zero.
    private static func calculate(_ a: Double, _ symbol: BinaryOperator, _ b: Double) -> Double? {
        switch symbol {
        case .plus: return a + b
        case .minus: return a - b
        case .times: return a * b
        case .divided: return b == 0 ? nil : a / b
        case .modulo:
            // The sign of the divisor, as in Python: `(-1 % 3)` is 2.
            guard b != 0 else { return nil }
            let rest = fmod(a, b)
            return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
        default: return pow(a, b)
        }
    }
}
