extension Help {
    /// What `apropos` shows: commands, variants and entries whose words match, best first.
    package func search(_ words: [String]) -> [Displayable] {
        let found = matches(words)
        guard !found.isEmpty else {
            return [
                .text(
                    StyledText([
                        .init("Nothing is about `\(words.joined(separator: " "))`. "), .init("help", .code),
                        .init(" lists the topics."),
                    ]))
            ]
        }
        let rows = found.map { [StyledText($0.name, .strong), StyledText($0.signature.summary)] }
        return [.table(Table(columns: [Table.Column("command"), Table.Column("summary")], rows: rows))]
    }

    /// Entries that match more of the words come first, then the host's before those of the language's own that are
    /// not named, then those that match in a more telling place.
    package func matches(_ words: [String]) -> [Catalog.Entry] {
        let terms = terms(words)
        let scored = catalog.entries.compactMap { entry -> (entry: Catalog.Entry, rank: [Int])? in
            let index = SearchIndex(entry.signature)
            let scores = terms.map { $0.score(in: index) }
            guard let best = scores.max(), best > 0 else { return nil }
            // The details mention a lot: they only decide between equals.
            let hits = scores.count { $0 > SearchIndex.detailsScore }
            let stepsBack = entry.signature.topic == Signature.ownTopic && best < SearchIndex.nameScore
            return (entry, [hits, stepsBack ? 0 : 1, scores.reduce(0, +)])
        }
        // Stable: equals stay in the order of declaration.
        return scored.enumerated().sorted { a, b in
            a.element.rank == b.element.rank
                ? a.offset < b.offset : b.element.rank.lexicographicallyPrecedes(a.element.rank)
        }.map(\.element.entry)
    }

    /// The words that say what is looked for; all of them if none does.
    private func terms(_ words: [String]) -> [Term] {
        let all = words.flatMap(\.words)
        let telling = all.filter { !stopWords.contains($0) }
        return (telling.isEmpty ? all : telling).map { word in
            let meanings = synonyms.filter { $0.words.contains { $0.stem == word.stem } }.flatMap(\.meanings)
            return Term(stem: word.stem, meanings: Set(meanings.map(\.stem)))
        }
    }
}

/// Words that every question has.
private let stopWords: Set<String> = [
    "a", "all", "am", "an", "and", "any", "are", "at", "be", "but", "by", "can", "cannot", "could", "did",
    "do",
    "does", "doesn", "don", "for", "from", "get", "gets", "go", "goes", "has", "have", "how", "i", "if", "in",
    "into", "is", "isn", "it", "its", "just", "like", "me", "my", "no", "not", "of", "off", "on", "or", "out",
    "so",
    "some", "t", "than", "that", "the", "then", "there", "this", "to", "too", "up", "very", "was", "what",
    "when",
    "where", "which", "while", "why", "will", "with", "won", "you",
]

/// One word of a search.
private struct Term {
    let stem: String
    let meanings: Set<String>

    /// The word itself counts a little more than what it means, which only names and search words are asked for:
    /// summaries and details mention a lot.
    func score(in index: SearchIndex) -> Int {
        let meaning = meanings.map(index.score).max() ?? 0
        return max(index.score(stem), meaning >= SearchIndex.argumentScore ? meaning - 1 : 0)
    }
}

/// The stems of a declaration, by the place they stand in.
private struct SearchIndex {
    let name: String
    let nameStems: Set<String>
    let keywords: Set<String>
    let summary: Set<String>
    let arguments: Set<String>
    let details: Set<String>

    init(_ signature: Signature) {
        func stems(_ texts: [String]) -> Set<String> { Set(texts.flatMap(\.words).map(\.stem)) }
        name = signature.name.lowercased()
        nameStems = stems([signature.name])
        keywords = stems(signature.keywords)
        summary = stems([signature.summary])
        arguments = stems(signature.arguments.map(\.name))
        details = stems([signature.details])
    }

    static let nameScore = 16
    static let argumentScore = 4
    static let detailsScore = 1

    /// A word in the name counts most, then in the search words, the arguments' names, the summary, the details.
    func score(_ stem: String) -> Int {
        if nameStems.contains(stem) { return Self.nameScore }
        if keywords.contains(stem) { return 8 }
        if name.contains(stem) { return 6 }
        if keywords.contains(where: { $0.hasPrefix(stem) }) { return 5 }
        if arguments.contains(stem) { return Self.argumentScore }
        if summary.contains(stem) { return 3 }
        return details.contains(stem) ? Self.detailsScore : 0
    }
}
