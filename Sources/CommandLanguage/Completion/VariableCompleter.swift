/// Completes `$name` and `$name.field` from the session and from what the text before the cursor sets.
struct VariableCompleter {
    private var known: [String: KnownValue]

    init(prefix: String, catalog: Catalog, variables: [String: Value]) {
        let environment = Environment()
        environment.variables = variables
        var checker = Checker(
            catalog: catalog, habits: [], environment: environment, pathExists: { _ in true },
            isMeasurable: { _ in true })
        // Only what it learns about names counts here: the text is not finished, so it has errors.
        _ = checker.check([Source(name: "", text: prefix)])
        known = checker.variables
        // Blocks that are still open are no statements yet.
        let tokens = Lexer.read(prefix).tokens
        for (token, next) in zip(tokens, tokens.dropFirst()) {
            guard let name = next.word, NameRule.variable.allows(name) else { continue }
            let sets = token.symbol == .arrow || token.word == "let" || token.word == "for"
            if sets, known[name] == nil { known[name] = .unknown }
        }
    }

    /// The completions of what is typed from the `$` on.
    func items(for partial: String) -> [CompletionList.Item] {
        let parts = partial.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count > 1, let value = known[parts[0]] else {
            return known.sorted { $0.key < $1.key }.map { name, value in
                CompletionList.Item("$" + name, value.summary, endsWord: value.fields.isEmpty)
            }
        }
        var current = value
        for field in parts.dropFirst().dropLast() { current = current.field(field) }
        let path = "$" + parts.dropLast().joined(separator: ".") + "."
        return current.fields.map { name in
            let field = current.field(name)
            return CompletionList.Item(path + name, field.summary, endsWord: field.fields.isEmpty)
        }
    }
}

extension KnownValue {
    /// The fields that it is known to have.
    fileprivate var fields: [String] {
        switch self {
        case .unknown: []
        case .value(.text), .value(.size): []
        case .value(let value): value.fieldNames
        case .result(let paths): paths.map { $0[0] }.unique
        }
    }

    fileprivate func field(_ name: String) -> KnownValue {
        switch self {
        case .unknown: return .unknown
        case .value(let value): return value.field(name).map { .value($0) } ?? .unknown
        case .result(let paths):
            let rest = paths.filter { $0[0] == name }.map { Array($0.dropFirst()) }.filter { !$0.isEmpty }
            return rest.isEmpty ? .unknown : .result(rest)
        }
    }

    fileprivate var summary: String {
        switch self {
        case .unknown: "set above"
        case .result: "the result of a command"
        case .value(let value):
            value.formatted.count > 60 ? value.formatted.prefix(57) + "..." : value.formatted
        }
    }
}
