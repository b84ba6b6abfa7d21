// How a kind of argument is called in help, hints and errors: the only wording of types and ranges.

extension Argument.Kind {
    /// Short, as it stands in help and hints: `number 0..<1`, `same or valid`.
    package var label: String {
        switch self {
        case .number(let range, let unit): "number" + (range == .any ? "" : " \(range)") + Self.suffix(unit)
        case .integer(let range, let unit): "integer" + Self.bounds(range) + Self.suffix(unit)
        case .duration: "duration"
        case .boolean: "true or false"
        case .choice(let choices): Self.alternatives(choices.map(\.word))
        case .text: "text"
        case .name: "name"
        case .dottedName: "dotted name"
        case .path(.read): "file to read"
        case .path(.write): "file to write"
        case .size(let count): "size such as \(Self.sizeExample(count))"
        case .range(let bounds): "range" + (bounds == .any ? "" : " within \(bounds)")
        case .list(let kind): "list of \(kind.plural)"
        case .formula(let variables):
            "formula of " + Self.alternatives(variables.map { "$\($0.word)" }, joinedBy: "and")
        case .condition: "condition"
        case .measurement: "expression of what is measured"
        case .any: "any value"
        case .naming(let noun, .text), .naming(let noun, .name): noun
        case .naming(_, let kind): kind.label
        case .either: Self.alternatives(parts.map(\.label))
        }
    }

    /// As it follows "takes": `a number 0..<1`, "`same` or `valid`".
    var phrase: String {
        switch self {
        case .number, .name, .path, .size: "a \(label)"
        case .dottedName: "a \(label), such as `\(example)`: parts of letters, digits, `-` and `_`"
        case .formula: "a \(label), such as `\(example)`"
        case .condition: "a \(label), such as `\(example)`"
        case .integer: "an \(label)"
        case .measurement: "an \(label), such as `\(example)`"
        case .choice(let choices): Self.alternatives(choices.map { "`\($0.word)`" })
        case .duration: "a \(label), such as `60s` or `2min`"
        case .range: "a \(label), such as `0.8..1.2`"
        case .list(.naming): "a \(label)"
        case .list: "a \(label), such as `[1, 2]`"
        case .naming(let noun, .text), .naming(let noun, .name): noun.withArticle
        case .naming(_, let kind): kind.phrase
        case .either: Self.alternatives(parts.map(\.phrase))
        case .boolean, .text, .any: label
        }
    }

    /// What can stand here, each choice on its own: "`same`, `valid` or an integer".
    private var parts: [Argument.Kind] {
        switch self {
        case .either(let kinds): kinds.flatMap(\.parts)
        case .choice(let choices): choices.map { .choice([$0]) }
        default: [self]
        }
    }

    private var plural: String {
        switch self {
        case .number(let range, let unit): "numbers" + (range == .any ? "" : " \(range)") + Self.suffix(unit)
        case .integer(let range, let unit): "integers" + Self.bounds(range) + Self.suffix(unit)
        case .text: "texts"
        case .duration: "durations"
        case .name, .dottedName: "names"
        case .condition: "conditions"
        case .any: "values"
        case .naming(let noun, .text), .naming(let noun, .name): noun.plural
        case .naming(_, let kind): kind.plural
        default: label
        }
    }

    private static func suffix(_ unit: String?) -> String { unit.map { " in \($0)" } ?? "" }

    private static func bounds(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): ""
        case (let lower, .max): " >= \(lower)"
        case (.min, let upper): " <= \(upper)"
        case (let lower, let upper): " \(lower)..\(upper)"
        }
    }

    private static func sizeExample(_ count: ClosedRange<Int>) -> String {
        let example = count.contains(3) ? 3 : count.upperBound
        return (0..<max(example, 2)).map { $0 == 2 ? "1" : "28" }.joined(separator: "x")
    }

    /// "a", "a or b", "a, b or c".
    static func alternatives(_ words: [String], joinedBy conjunction: String = "or") -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}

extension Argument {
    /// `number 0..<1, default 0`: all that a hint says about it.
    var facts: String {
        if let typedDefault { return "\(kind.label), default \(typedDefault)" }
        return isOptional ? "\(kind.label), optional" : kind.label
    }

    /// The default as it would be typed.
    var typedDefault: String? {
        if form == .rest, case .list(let elements)? = defaultValue {
            return elements.map(kind.typed).joined(separator: " ")
        }
        return defaultValue.map(kind.typed)
    }

    /// The argument with a value that it would take, as it would be typed: `rate=0.1`.
    var example: String { form == .named ? "\(name)=\(kind.example)" : kind.example }
}

extension Argument.Kind {
    /// Some value that fits, as it would be typed.
    var example: String {
        switch self {
        case .number(let range, _):
            (range.contains(0.1) ? 0.1 : range.lower.map { $0 + 1 } ?? range.upper ?? 1).literal
        case .integer(let range, _): String(range.contains(3) ? 3 : range.lowerBound)
        case .duration: "60s"
        case .boolean: "true"
        case .choice(let choices): choices.first?.word ?? ""
        case .text: "\"text\""
        case .name: "name"
        case .dottedName: "layer1.0"
        case .path: "file"
        case .size(let count): Self.sizeExample(count)
        case .range: "0.8..1.2"
        case .list(let kind): "[\(kind.example)]"
        case .formula(let variables): "($\(variables.first?.word ?? "x") / 2)"
        case .condition: "($x > 1)"
        case .measurement(let example): "(\(example))"
        case .any: "1"
        case .naming(let noun, .text), .naming(let noun, .name): noun
        case .naming(_, let kind): kind.example
        case .either(let kinds): kinds.first?.example ?? ""
        }
    }
}

extension Value {
    /// As it would be typed.
    package var literal: String {
        switch self {
        case .nothing: ""
        case .number(let number): number.literal
        case .boolean, .size: formatted
        case .text(let text): text.isPlainWord ? text : "\"\(text.escaped)\""
        case .list(let elements): "[" + elements.map(\.literal).joined(separator: ", ") + "]"
        case .range(let lower, let upper):
            "\(lower.literal)..\(upper.literal)"
        case .record(let record): "{" + record.names.joined(separator: ", ") + "}"
        }
    }
}

extension String {
    /// Whether the lexer reads it, in a command, as one word with this text.
    var isPlainWord: Bool {
        guard self != "true", self != "false" else { return false }
        let tokens = Lexer.read(self).tokens
        guard tokens.count == 2, tokens[0].span.end == utf8.count, case .word(self) = tokens[0].kind else {
            return false
        }
        return true
    }

    /// With the escapes that a text between `"` needs.
    var escaped: String {
        var result = ""
        for character in self {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "$": result += "\\$"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.append(character)
            }
        }
        return result
    }
}
