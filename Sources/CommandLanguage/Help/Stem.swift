extension StringProtocol {
    /// Runs of letters and digits, in lower case; a mark that stands alone is a word too.
    var words: [String] {
        lowercased().split(whereSeparator: \.isWhitespace).flatMap { part in
            let runs = part.split { !$0.isLetter && !$0.isNumber }
            return (runs.isEmpty ? [part] : runs).map(String.init)
        }
    }

    /// The word, in lower case, without a common English ending: "training", "trained", "trains" and "train" are
    /// one, and so are "normalise" and "normalization".
    var stem: String {
        var stem = lowercased()
        if let (ending, rest) = endings.first(where: {
            stem.hasSuffix($0.ending) && stem.count - $0.ending.count >= 3
        }) {
            stem = stem.dropLast(ending.count) + rest
        }
        // "stopping" and "stopped" are "stop".
        if let last = stem.last, last.isLetter, stem.dropLast().last == last { stem.removeLast() }
        return stem
    }
}

/// The first that fits counts, so a longer one stands before its own end.
private let endings: [(ending: String, rest: String)] =
    ["ations", "ation", "ers", "er", "ing", "ed", "es", "e"].flatMap {
        [("is" + $0, "iz"), ("iz" + $0, "iz")]
    }
    + ["ations", "ation", "ating", "ated", "ates", "ate", "ings", "ing"].map { ($0, "") }
    + [("ies", "y"), ("ied", "y")] + ["es", "ed", "s", "e"].map { ($0, "") }
