extension Argument.Kind {
    /// The value as a command of this kind gets it (a whole number stays a number, `3` is a text where a text is
    /// wanted), or nil if it does not fit.
    func accepting(_ value: Value) -> Value? {
        switch (self, value) {
        case (.any, _): value
        case (.naming(_, let kind), _): kind.accepting(value)
        case (.number(let range, _), .number(let number)): range.contains(number) ? value : nil
        case (.integer(let range, _), .number(let number)):
            Int(exactly: number).map(range.contains) == true ? value : nil
        case (.duration, .number(let seconds)): TimeSpan.contains(seconds) ? value : nil
        case (.duration, .text(let text)): TimeSpan.seconds(text).map(Value.number)
        case (.boolean, .boolean): value
        case (.choice(let choices), .text(let word)): choices.contains { $0.word == word } ? value : nil
        case (.choice, .number), (.choice, .size): accepting(.text(value.literal))
        // The text of a formula is made by the evaluator, which has the expression; this is for constant ones.
        case (.formula, .number): .text(value.literal)
        case (.condition, .boolean): .text(value.literal)
        // Likewise; only a bare word comes here to stay.
        case (.measurement, .text), (.measurement, .number), (.measurement, .boolean): .text(value.literal)
        case (.text, .text): value
        case (.text, .number), (.text, .boolean), (.text, .size): .text(value.literal)
        case (.name, .text(let text)):
            NameRule.word.allows(text) && Keyword(rawValue: text) == nil ? value : nil
        case (.dottedName, .text(let text)): NameRule.allowsDotted(text) ? value : nil
        case (.dottedName, .number): accepting(.text(value.literal))
        case (.path, .text(let text)): text.isEmpty || text.utf8.contains(0) ? nil : value
        case (.path, .number), (.path, .size): .text(value.literal)
        case (.size(let count), .size(let extents)): count.contains(extents.count) ? value : nil
        case (.size(let count), .number(let number)):
            if count.contains(1), let extent = Int(exactly: number), extent > 0 {
                .size([extent])
            } else {
                nil
            }
        case (.range(let bounds), .range(let lower, let upper)):
            bounds.contains(lower) && bounds.contains(upper) ? value : nil
        case (.list(let kind), .list(let elements)): Self.all(elements, fit: kind)
        case (.either(let kinds), _): kinds.lazy.compactMap { $0.accepting(value) }.first
        default: nil
        }
    }

    /// The same for a value that is typed in this place: a name that looks like a number stays as it is typed, `1.0`.
    func accepting(_ value: Value, typedAs expression: Expression, in source: Source) -> Value? {
        if case .dottedName = self, case .constant = expression.kind {
            return accepting(.text(source[expression.span]))
        }
        return accepting(value)
    }

    /// Which bare names an argument of this kind may have.
    var measuredNames: MeasuredNames {
        switch self {
        case .measurement: .any
        case .naming(_, let kind): kind.measuredNames
        case .either(let kinds): kinds.contains { $0.measuredNames == .any } ? .any : .measurable
        // Its value must not depend on when it is computed.
        case .formula: .none
        default: .measurable
        }
    }

    /// Whether it takes nothing but what is measured.
    var isMeasurement: Bool { if case .measurement = self { true } else { false } }

    /// What its numbers count: their unit, or what the argument is called; nil if it takes no numbers.
    fileprivate func counted(by name: String) -> String? {
        switch self {
        case .number(_, let unit), .integer(_, let unit): unit ?? name
        case .naming(_, let kind): kind.counted(by: name)
        case .either(let kinds): kinds.lazy.compactMap { $0.counted(by: name) }.first
        default: nil
        }
    }

    private static func all(_ elements: [Value], fit kind: Argument.Kind) -> Value? {
        let accepted = elements.compactMap(kind.accepting)
        return accepted.count == elements.count ? .list(accepted) : nil
    }

    /// The value as it would be typed for this kind: a text without quotes where the kind reads it as a text anyway,
    /// such as `channels=3` of a choice between 1 and 3.
    func typed(_ value: Value) -> String {
        switch (self, value) {
        case (.duration, .number): return value.literal + "s"
        case (.formula, .text(let text)), (.measurement, .text(let text)), (.condition, .text(let text)):
            return "(\(text))"
        default: break
        }
        guard case .text(let text) = value, let bare = Lexer.read(text).soleValue,
            accepting(bare) == value
        else { return value.literal }
        return text
    }
}

extension Argument {
    /// Whether a word may stand after a number of it and say what it counts: `every=20 steps`, `train 1 epoch`.
    func isCounted(by word: String) -> Bool {
        kind.counted(by: name).map { [word, word + "s", word.plural].contains($0) } ?? false
    }
}

extension Lexer.Result {
    /// The value of a text that is one literal.
    fileprivate var soleValue: Value? {
        guard tokens.count == 2, tokens[0].span.start == 0 else { return nil }
        return switch tokens[0].kind {
        case .word("true"): .boolean(true)
        case .word("false"): .boolean(false)
        case .word(let word): .text(word)
        case .number(let number): .number(number)
        case .size(let extents): .size(extents)
        default: nil
        }
    }
}
