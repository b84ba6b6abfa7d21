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

    /// A word in the name counts most, then in the search words, the summary, the details. Entries that match more
    /// of the words come first.
    package func matches(_ words: [String]) -> [Catalog.Entry] {
        let stems = words.flatMap { $0.split(separator: " ") }.map { $0.lowercased().stem }
        let scored = catalog.entries.compactMap { entry -> (entry: Catalog.Entry, hits: Int, score: Int)? in
            let scores = stems.map { entry.score(for: $0) }
            let hits = scores.count { $0 > 0 }
            return hits > 0 ? (entry, hits, scores.reduce(0, +)) : nil
        }
        // Stable: equals stay in the order of declaration.
        return scored.enumerated().sorted { a, b in
            (b.element.hits, b.element.score, a.offset) < (a.element.hits, a.element.score, b.offset)
        }.map(\.element.entry)
    }
}

extension Catalog.Entry {
    fileprivate func score(for stem: String) -> Int {
        guard !stem.isEmpty else { return 0 }
        if signature.name.lowercased().stem == stem { return 16 }
        if signature.keywords.contains(where: { $0.lowercased().words.contains { $0.stem == stem } }) {
            return 8
        }
        if signature.name.lowercased().contains(stem) { return 6 }
        if signature.keywords.contains(where: { $0.lowercased().contains(stem) }) { return 5 }
        if signature.summary.lowercased().words.contains(where: { $0.stem == stem }) { return 3 }
        if signature.summary.lowercased().contains(stem) { return 2 }
        if signature.details.lowercased().contains(stem) { return 1 }
        return 0
    }
}

extension StringProtocol {
    /// Runs of letters and digits.
    fileprivate var words: [SubSequence] { split { !$0.isLetter && !$0.isNumber } }

    /// The word without a common English ending: training, trained, trains and train are one.
    fileprivate var stem: String {
        for ending in ["ing", "ies", "ed", "es", "s", "e"]
        where hasSuffix(ending) && count - ending.count >= 3 {
            var stem = String(dropLast(ending.count))
            if ending == "ies" { stem += "y" }
            // "stopping" and "stopped" are "stop".
            if ending == "ing" || ending == "ed", let last = stem.last, stem.dropLast().last == last {
                stem.removeLast()
            }
            return stem
        }
        return String(self)
    }
}
