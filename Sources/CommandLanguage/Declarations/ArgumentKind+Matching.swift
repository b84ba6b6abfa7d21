extension Argument.Kind {
    /// The value as a command of this kind gets it (a whole number stays a number, `3` is a text where a text is
    /// wanted), or nil if it does not fit.
    func accepting(_ value: Value) -> Value? {
        switch (self, value) {
        case (.any, _): value
        case (.number(let range, _), .number(let number)): range.contains(number) ? value : nil
        case (.integer(let range, _), .number(let number)):
            Int(exactly: number).map(range.contains) == true ? value : nil
        case (.boolean, .boolean): value
        case (.choice(let choices), .text), (.choice(let choices), .number), (.choice(let choices), .size):
            choices.contains { $0.word == value.literal } ? .text(value.literal) : nil
        case (.text, .text): value
        case (.text, .number), (.text, .boolean), (.text, .size): .text(value.literal)
        case (.name, .text(let text)): Self.isName(text) ? value : nil
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

    private static func all(_ elements: [Value], fit kind: Argument.Kind) -> Value? {
        let accepted = elements.compactMap(kind.accepting)
        return accepted.count == elements.count ? .list(accepted) : nil
    }

    /// A letter, then letters, digits, `-` and `_`.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter else { return false }
        return text.utf8.allSatisfy { $0.isNamePart || $0 == UInt8(ascii: "-") }
    }
}
