extension Signature {
    /// How it is typed: `conv <filters> [kernel=3] { layers } [-> name]`.
    package var usage: String { usage(after: []) }

    /// The usage with the words before it, such as `optimizer` for its variant `sgd`.
    package func usage(after parents: [String]) -> String {
        if let usageOverride { return usageOverride }
        var words = parents + [name]
        if !variants.isEmpty, !standsAlone { words.append(variants.map(\.name).joined(separator: " | ")) }
        words += arguments.filter { $0.form != .named }.map(\.usage)
        if let entry { words.append("<\(entry.noun)> [its arguments]") }
        words += arguments.filter { $0.form == .named }.map(\.usage)
        if let block { words.append(block.isRequired ? block.usage : "[\(block.usage)]") }
        if let blocks { words.append(blocks.usage) }
        if !result.isEmpty { words.append("[-> name]") }
        let own = words.joined(separator: " ")
        guard standsAlone else { return own }
        return ([own] + variants.map { (parents + [name, $0.name]).joined(separator: " ") })
            .joined(separator: " | ")
    }
}

extension Signature.BlockRule {
    fileprivate var usage: String {
        assigned.map { "{ name = \($0.name)... }" } ?? "{ \(noun.plural) }"
    }
}

extension Signature.StatementsRule {
    fileprivate var usage: String {
        let one = "[\(noun)] { ... }"
        guard count.upperBound > 1 else { return count.lowerBound == 0 ? "[\(one)]" : one }
        return count.lowerBound == 0 ? "[\(one)]..." : "\(one) [\(one)]..."
    }
}

extension Argument {
    fileprivate var usage: String {
        let isRequired = defaultValue == nil && !isOptional
        let shown =
            switch form {
            case .positional: isRequired ? "<\(name)>" : name
            case .named: "\(name)=\(typedDefault ?? "<\(kind.shortLabel)>")"
            case .rest: "<\(name)>..."
            }
        return isRequired ? shown : "[\(shown)]"
    }
}

extension Argument.Kind {
    /// One word for a place in a usage line.
    fileprivate var shortLabel: String {
        switch self {
        case .number: "number"
        case .integer: "integer"
        case .duration: "duration"
        case .boolean: "true|false"
        case .choice(let choices): Self.label(choices.map(\.word))
        case .text: "text"
        case .name, .dottedName: "name"
        case .path: "file"
        case .size: "size"
        case .range: "range"
        case .list: "list"
        case .formula: "formula"
        case .condition: "condition"
        case .measurement: "expression"
        case .any: "value"
        case .naming(let noun, .text), .naming(let noun, .name): noun
        case .naming(_, let kind): kind.shortLabel
        case .either(let kinds): kinds.map(\.shortLabel).joined(separator: "|")
        }
    }

    /// Of many words the first few: the table of arguments has them all.
    private static func label(_ words: [String]) -> String {
        (words.count > 4 ? words.prefix(3) + ["..."] : words[...]).joined(separator: "|")
    }
}
