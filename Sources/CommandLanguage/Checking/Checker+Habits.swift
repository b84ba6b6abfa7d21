extension Checker {
    /// The parser knows no commands: what to type instead of `model.fit()` or `lr = 0.1` is added here.
    func withHabit(_ error: ScriptError) -> ScriptError {
        switch error.kind {
        case .calledLikeFunction(let word, nil):
            return ScriptError(.calledLikeFunction(word, hint: hint(forCallOf: word, error.span)), error.span)
        case .assignmentWithoutLet(let name, let value, nil):
            let hint = habit(of: name) ?? catalog.command(name).map { _ in "`\(name) \(value)`" }
            return ScriptError(.assignmentWithoutLet(name, value: value, hint: hint), error.span)
        case .gluedValues:
            let verb = firstWord(ofLineAt: error.span.start)
            guard catalog.command(verb.text) == nil, let hint = habit(of: verb.text) else { return error }
            return ScriptError(.foreignHabit(verb.text, hint: hint), verb.span)
        default: return error
        }
    }

    /// What to type instead of a word that belongs elsewhere.
    func habit(of word: String) -> String? {
        if let hint = ForeignHabit.hint(for: word, among: habits, knowing: catalog) { return hint }
        if word.hasPrefix("!") || word.hasPrefix("%") { return ForeignHabit.noShell }
        let bare = word.filter { $0 != "?" }
        guard bare != word, catalog.entries.contains(where: { $0.path.last == bare }) else { return nil }
        return "`help \(bare)`"
    }

    /// `train(3)` is `train 3`; the span ends with the parenthesis.
    private func hint(forCallOf word: String, _ span: Span) -> String? {
        let rest = source[Span(span.end, source.text.utf8.count)].prefix { !$0.isNewline }
        let inside = String(rest.prefix { $0 != ")" })
        if let hint = habit(of: word + "(" + inside + ")") ?? habit(of: word) { return hint }
        guard let entry = catalog.entries.first(where: { $0.path.last == word }) else { return nil }
        if inside.contains(where: { "(,=".contains($0) }) { return "`\(entry.signature.usage)`" }
        return "`" + (inside.isEmpty ? word : word + " " + inside) + "`"
    }

    private func firstWord(ofLineAt offset: Int) -> Identifier {
        let before = source[Span(0, offset)]
        let line =
            before.utf8.count
            - (before.split(separator: "\n", omittingEmptySubsequences: false).last ?? "").utf8.count
        let start = line + source[Span(line, offset)].prefix { $0 == " " }.utf8.count
        let word = source[Span(start, source.text.utf8.count)].prefix { !$0.isWhitespace && $0 != "(" }
        return Identifier(text: String(word), span: Span(start, start + word.utf8.count))
    }
}
