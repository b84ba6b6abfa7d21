extension Completer {
    /// What is expected at the end of a text: the argument with its range and default, the variants to choose from, or
    /// the names that can follow. Nil where there is nothing to say.
    func hint(for text: String) -> StyledText? {
        let context = CursorContext(text)
        guard !context.isInComment, let place = place(at: context) else { return nil }
        let variants = place.variants.map(\.name).joined(separator: " | ")
        if let argument = place.argument {
            return StyledText(variants.isEmpty ? "" : variants + " | ") + StyledText(argument.name, .strong)
                + ": \(argument.summary) (\(argument.facts))"
        }
        if !variants.isEmpty { return StyledText(variants) }
        guard !place.open.isEmpty else { return nil }
        return StyledText(place.open.map { "\($0.name)=\($0.typedDefault ?? "")" }.joined(separator: " "))
    }

    private func place(at context: CursorContext) -> Place? {
        if context.bracket == .leftBracket { return place(ofListIn: context) }
        guard context.bracket == nil, let verb = context.before.first?.word,
            context.before.last?.symbol != .arrow
        else { return nil }
        return place(of: verb, in: setting(inside: context.heads), context.before)
    }
}
