extension Expression {
    /// Whether its value is known without running anything.
    var isConstant: Bool {
        var isConstant = true
        visit {
            switch $0.kind {
            case .variable, .name: isConstant = false
            default: break
            }
        }
        return isConstant
    }

    /// The value, if it is known without running anything and can be computed.
    var constantValue: Value? {
        guard isConstant else { return nil }
        return try? ExpressionEvaluator { _ in nil }.value(of: self)
    }

    /// Visits the expression and all that it is made of, from the outside inward, in source order.
    func visit(_ action: (Expression) -> Void) {
        action(self)
        switch kind {
        case .constant, .word, .name, .variable: break
        case .text(let parts):
            for case .reference(let reference) in parts { reference.visit(action) }
        case .access(let base, let accessors):
            base.visit(action)
            for case .index(let index) in accessors { index.visit(action) }
        case .list(let elements), .function(_, let elements): elements.forEach { $0.visit(action) }
        case .group(let inner), .unary(_, let inner): inner.visit(action)
        case .operation(let first, let terms):
            first.visit(action)
            for term in terms { term.operand.visit(action) }
        case .range(let lower, let upper):
            lower.visit(action)
            upper.visit(action)
        }
    }

    /// What a failed condition shows the values of: the variables, and the operands of comparisons that are more
    /// than a variable.
    var observables: [Expression] {
        var found: [Expression] = []
        func collect(_ expression: Expression) {
            switch expression.kind {
            case .variable, .access: found.append(expression)
            case .group(let inner), .unary(_, let inner): collect(inner)
            case .operation(let first, let terms):
                let operands = [first] + terms.map(\.operand)
                if terms[0].operator.precedence == .comparison {
                    for operand in operands where !operand.isConstant { found.append(operand.unwrapped) }
                } else {
                    operands.forEach(collect)
                }
            case .function(_, let arguments), .list(let arguments): arguments.forEach(collect)
            default: break
            }
        }
        collect(self)
        return found
    }

    /// Without parentheses around the whole.
    var unwrapped: Expression {
        if case .group(let inner) = kind { inner.unwrapped } else { self }
    }

    /// Whether it can only be a number, a list or the like, where a condition needs true or false.
    var isNeverBoolean: Bool {
        switch unwrapped.kind {
        case .list, .range, .text, .word, .unary(.minus, _): true
        case .operation(_, let terms): terms[0].operator.precedence > .range
        case .function(let name, _): Function.named(name.text) != nil && name.text != "finite"
        case .constant(.boolean): false
        case .constant: true
        default: false
        }
    }
}
