/// The known word that was most likely meant: at most one slip in short words, two in longer, three in long ones.
package func nearest<Words: Sequence>(to word: String, among known: Words) -> String?
where Words.Element == String {
    // Of two letters any two words are alike.
    guard word.count > 2 else { return nil }
    let limit = word.count <= 3 ? 1 : word.count <= 7 ? 2 : 3
    var best: (word: String, distance: Int)?
    for candidate in known where candidate != word {
        // A one-letter word is not a misspelling of another.
        guard abs(candidate.count - word.count) <= limit, max(candidate.count, word.count) > 1 else {
            continue
        }
        let distance = editDistance(word.lowercased(), candidate.lowercased())
        if distance <= limit, distance < candidate.count, distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.word
}

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (Damerau, 1964; the variant
/// that edits no substring twice).
func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var twoBack: [Int] = []
    var oneBack = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var cost = min(oneBack[j + 1] + 1, row[j] + 1, oneBack[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, twoBack[j - 1] + 1) }
            row.append(cost)
        }
        (twoBack, oneBack) = (oneBack, row)
    }
    return oneBack[b.count]
}
