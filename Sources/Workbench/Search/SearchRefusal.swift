import CommandLanguage

/// What finders, searches and runs refuse, and its wording.
enum SearchRefusal: CommandFailure, Hashable {
    case reversedRates(from: Double, to: Double)
    /// A name in a search's block that means nothing; `index` is its place there.
    case unknownDimension(String, variables: [String], index: Int)
    case repeatedDimension(String, index: Int)
    /// What a dimension's values are, and why they cannot be.
    case badDimension(String, String, index: Int)
    case noRunStore
    case tooFewRuns(Int)
    case unknownRunCurve(String, allowed: [String])

    var message: String {
        switch self {
        case .reversedRates(let from, let to):
            "`to` must be above `from`, and \(to.literal) is not above \(from.literal)"
        case .unknownDimension(let name, _, _):
            "`\(name)` is no setting, and nothing that was declared reads `$\(name)`"
        case .repeatedDimension(let name, _): "`\(name)` stands here twice"
        case .badDimension(let name, let problem, _): "`\(name)` cannot be varied so: \(problem)"
        case .noRunStore: "runs are not kept here"
        case .tooFewRuns(let needed): "needs at least \(Figures.count(needed, "run"))"
        case .unknownRunCurve(let name, _): "none of the runs has a curve `\(name)`"
        }
    }

    var hint: String? {
        switch self {
        case .reversedRates, .repeatedDimension: nil
        case .unknownDimension(let name, let variables, _):
            variables.isEmpty
                ? "`let \(name) = 16` before `model m { conv $\(name) ... }` makes it one of the model's"
                : "what is declared reads " + variables.map { "`$\($0)`" }.joined(separator: ", ")
        case .badDimension: "a list `[32, 64]`, a range `8..64`, or `log 1e-4..1e-1`"
        case .noRunStore: "`cairn --runs FILE` says where to"
        case .tooFewRuns: "name them by their numbers in `runs`"
        case .unknownRunCurve(_, let allowed):
            allowed.isEmpty
                ? "they have no finished epochs"
                : "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        }
    }

    var argument: String? {
        switch self {
        case .reversedRates: "to"
        case .unknownRunCurve: "curve"
        case .badDimension: "values"
        case .unknownDimension, .repeatedDimension, .noRunStore, .tooFewRuns: nil
        }
    }

    var blockIndex: Int? {
        switch self {
        case .unknownDimension(_, _, let index), .repeatedDimension(_, let index),
            .badDimension(_, _, let index):
            index
        case .reversedRates, .noRunStore, .tooFewRuns, .unknownRunCurve: nil
        }
    }
}
