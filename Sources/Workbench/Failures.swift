import CommandLanguage
import Networks

/// What the workbench itself refuses, and its wording. What the core refuses is worded in `CoreFailures.swift`.
enum Refusal: CommandFailure, Hashable {
    case noData
    case noModel
    case nothingTrained
    /// A part of a step that is not the next one.
    case stepOrder(String, next: String)
    /// Numbers that the step in hand has not come to.
    case notYet(String, next: String)
    case unknownLayer(String, known: [String])
    /// A layer without such numbers.
    case nothingToMeasure(String, layer: String)
    case testFilesApart
    case unknownCurve(String, allowed: [String])
    case notACurve(String)
    case emptyModel
    case noRunStore
    case tooFewRuns
    case unknownRunCurve(String, allowed: [String])
    case reversedRates(from: Double, to: Double)
    case unknownDimension(String, settings: [String], variables: [String], index: Int)
    case repeatedDimension(String, index: Int)
    /// What a dimension's values are, and why they cannot be.
    case badDimension(String, String, index: Int)
    case severalShortcuts
    case trainedModelMisfits(String)
    /// The last layer does not fit the classes; `layer` is its place in the block.
    case lastLayer(LossError, layer: Int)

    var message: String {
        switch self {
        case .noData: "there is no data yet"
        case .noModel: "there is no model yet"
        case .nothingTrained: "nothing has been trained yet"
        case .stepOrder(let part, let next): "`step \(part)` does not come next; `step \(next)` does"
        case .notYet(let numbers, _): "the step in hand has no \(numbers) yet"
        case .unknownLayer(let name, _): "the model has no layer `\(name)`"
        case .nothingToMeasure(let numbers, let layer): "`\(layer)` has no \(numbers)"
        case .testFilesApart: "`test-images` and `test-labels` go together"
        case .unknownCurve(let word, _): "there is no curve called `\(word)`"
        case .notACurve(let kind): "a curve is a name or a list of numbers, not \(kind)"
        case .emptyModel: "a model needs at least one layer"
        case .reversedRates(let from, let to):
            "`from` is below `to`, and \(from.literal) is not below \(to.literal)"
        case .tooFewRuns: "too few runs"
        case .unknownRunCurve(let name, _): "no run has a curve `\(name)`"
        case .noRunStore: "runs are not kept here"
        case .unknownDimension(let name, _, _, _):
            "`\(name)` is no setting, and nothing that was declared reads `$\(name)`"
        case .repeatedDimension(let name, _): "`\(name)` stands here twice"
        case .badDimension(let name, let problem, _): "`\(name)`: \(problem)"
        case .severalShortcuts: "a residual block has at most one `shortcut`"
        case .trainedModelMisfits(let name):
            "the trained model `\(name)` does not fit these images and would be lost"
        case .lastLayer(let error, _): error.description
        }
    }

    var hint: String? {
        switch self {
        case .noData: "load some first: `data fashion-mnist`"
        case .noModel: "declare one first, such as `model m { flatten; dense 10 }`"
        case .nothingTrained: "`train` first"
        case .stepOrder: "`step` alone finishes the step in hand"
        case .notYet(_, let next): "`step \(next)` first"
        case .unknownLayer(let name, let known):
            nearest(to: name, among: known).map { "did you mean `\($0)`?" } ?? "`show model` lists them"
        case .nothingToMeasure: nil
        case .testFilesApart: nil
        case .unknownCurve(_, let allowed): "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        case .notACurve: "such as `plot loss` or `plot $run.val.accuracy`"
        case .emptyModel: "`help model` shows how"
        case .tooFewRuns: "name them by their numbers in `runs`, such as `runs compare 1 2`"
        case .unknownRunCurve(_, let allowed):
            allowed.isEmpty
                ? "they have no finished epochs"
                : "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        case .noRunStore: "`cairn --runs FILE` says where to"
        case .unknownDimension(_, let settings, let variables, _):
            "settings are " + settings.map { "`\($0)`" }.joined(separator: ", ")
                + (variables.isEmpty
                    ? "; `let filters = 16` before `model m { conv $filters ... }` makes one of the model's"
                    : "; read are " + variables.map { "`$\($0)`" }.joined(separator: ", "))
        case .reversedRates, .repeatedDimension: nil
        case .badDimension: "a list `[32, 64]`, a range `8..64`, or `log 1e-4..1e-1`"
        case .trainedModelMisfits: "`save` it, then add `replace=true`"
        case .lastLayer, .severalShortcuts: nil
        }
    }

    var blockIndex: Int? {
        switch self {
        case .lastLayer(_, let index), .unknownDimension(_, _, _, let index),
            .repeatedDimension(_, let index), .badDimension(_, _, let index):
            index
        default: nil
        }
    }

    var argument: String? {
        switch self {
        case .unknownCurve, .notACurve: "curves"
        case .unknownLayer, .nothingToMeasure: "layer"
        case .reversedRates: "to"
        case .unknownRunCurve: "curve"
        default: nil
        }
    }
}
