import CommandLanguage

/// What finders, searches and runs refuse, and its wording.
enum SearchRefusal: CommandFailure, Hashable {
    case reversedRates(from: Double, to: Double)
    /// A name in a search's block that means nothing; `index` is its place there.
    case unknownDimension(String, variables: [String], index: Int)
    case repeatedDimension(String, index: Int)
    /// Values that say nothing to choose from, or of a kind that cannot be tried.
    case badDimension(String, String, index: Int)
    /// A value that the setting does not take, and what it says about it.
    case badValue(String, String, hint: String?, index: Int)
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
        case .badDimension(let name, let problem, _), .badValue(let name, let problem, _, _):
            "`\(name)` cannot be varied so: \(problem)"
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
        case .badValue(_, _, let hint, _): hint
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
        case .badDimension, .badValue: "values"
        case .unknownDimension, .repeatedDimension, .noRunStore, .tooFewRuns: nil
        }
    }

    var blockIndex: Int? {
        switch self {
        case .unknownDimension(_, _, let index), .repeatedDimension(_, let index),
            .badDimension(_, _, let index), .badValue(_, _, _, let index):
            index
        case .reversedRates, .noRunStore, .tooFewRuns, .unknownRunCurve: nil
        }
    }
}
