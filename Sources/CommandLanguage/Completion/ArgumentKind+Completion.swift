extension Argument.Kind {
    /// What the elements of a list are; nil if it takes none.
    var elementKind: Argument.Kind? {
        switch self {
        case .list(let kind): kind
        case .naming(_, let kind): kind.elementKind
        case .either(let kinds): kinds.lazy.compactMap(\.elementKind).first
        default: nil
        }
    }
}

extension Argument {
    /// The least and the largest number that it takes, where these belong to it and are of a size that tells something.
    var ends: [CompletionList.Item] {
        let bounds: [(bound: Double?, word: String)] =
            switch kind {
            case .number(let range, _):
                [
                    (range.includesLower ? range.lower : nil, "least"),
                    (range.includesUpper ? range.upper : nil, "largest"),
                ]
            case .integer(let range, _):
                [(Double(range.lowerBound), "least"), (Double(range.upperBound), "largest")]
            default: []
            }
        return bounds.compactMap { bound, word in
            guard let bound, abs(bound) <= 1e6 else { return nil }
            return CompletionList.Item(bound.literal, "the \(word): \(summary) (\(facts))")
        }
    }
}
