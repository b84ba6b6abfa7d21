extension Checker {
    /// Finds unknown names, fields and functions, and constant parts that cannot be computed.
    mutating func check(_ expression: Expression) {
        var errors: [ScriptError] = []
        var checkedAsBase: [Span] = []
        expression.visit { part in
            switch part.kind {
            case .access(let base, let accessors):
                guard case .variable(let name) = base.kind else { break }
                checkedAsBase.append(base.span)
                errors += problems(of: name, accessors, part, base.span)
            case .variable(let name) where !checkedAsBase.contains(part.span):
                errors += problems(of: name, [], part, part.span)
            case .function(let name, let arguments):
                errors += problems(of: name, arguments.count, part.span)
            case .name(let word) where !isAllowed(word):
                errors.append(ScriptError(.wordInExpression(word), part.span))
            default: break
            }
        }
        if errors.isEmpty, names != .any, expression.isConstant {
            do throws(ScriptError) {
                _ = try ExpressionEvaluator(variable: { _ in nil }).value(of: expression)
            } catch {
                errors.append(error)
            }
        }
        errors.forEach { error($0) }
    }

    /// Whether a bare name may stand in the expression in hand.
    private func isAllowed(_ name: String) -> Bool {
        switch names {
        case .none: false
        case .measurable: isMeasurable(name)
        case .any: true
        }
    }

    private func problems(
        of name: String, _ accessors: [Expression.Accessor], _ whole: Expression, _ span: Span
    ) -> [ScriptError] {
        guard
            let known = variables[name] ?? (isInDefinition && laterVariables.contains(name) ? .unknown : nil)
        else {
            return hasOtherVariables
                ? []
                : [
                    ScriptError(
                        .unknownVariable(name, nearest: nearest(to: name, among: variables.keys)), span)
                ]
        }
        // Up to the first index: what an element is, only running tells.
        var path: [Identifier] = []
        for accessor in accessors {
            guard case .field(let field) = accessor else { break }
            path.append(field)
        }
        guard let missing = known.missingField(in: path) else { return [] }
        let reference = "$" + ([name] + path.prefix(missing.index).map(\.text)).joined(separator: ".")
        return [
            ScriptError(
                .unknownField(missing.field.text, of: reference, fields: missing.known), missing.field.span)
        ]
    }

    private func problems(of name: Identifier, _ count: Int, _ span: Span) -> [ScriptError] {
        guard let function = Function.named(name.text) else {
            let isCommand = catalog.command(name.text) != nil || definitions[name.text] != nil
            let close = nearest(to: name.text, among: Function.all.map(\.name))
            return [ScriptError(.unknownFunction(name.text, nearest: close, isCommand: isCommand), name.span)]
        }
        guard !function.arity.contains(count) else { return [] }
        return [ScriptError(.argumentCount(usage: function.usage, found: count), span)]
    }
}
