import CommandLanguage
import Networks
import Training

/// What the workbench itself refuses, and its wording. What the core refuses is worded in `CoreFailures.swift`.
enum Refusal: CommandFailure, Hashable {
    case noData
    case noModel
    case nothingTrained
    case testFilesApart
    case unknownCurve(String, allowed: [String])
    case notACurve(String)
    /// A metric that no epoch so far has.
    case notMeasured(String, MetricNeed)
    /// More guesses than there are classes.
    case topOfTooFew(Int, classes: Int)
    case emptyModel
    case severalShortcuts
    case trainedModelMisfits(String)
    /// The last layer does not fit the classes; `layer` is its place in the block.
    case lastLayer(LossError, layer: Int)

    var message: String {
        switch self {
        case .noData: "there is no data yet"
        case .noModel: "there is no model yet"
        case .nothingTrained: "nothing has been trained yet"
        case .testFilesApart: "`test-images` and `test-labels` go together"
        case .unknownCurve(let word, _): "there is no curve called `\(word)`"
        case .notACurve(let kind): "a curve is a name or a list of numbers, not \(kind)"
        case .notMeasured(let metric, _): "no epoch so far has measured `\(metric)`"
        case .topOfTooFew(let top, let classes):
            "`top` must be at most \(classes), as many as there are classes, not \(top)"
        case .emptyModel: "a model needs at least one layer"
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
        case .testFilesApart: nil
        case .unknownCurve(_, let allowed): "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        case .notACurve: "such as `plot loss` or `plot $run.val.accuracy`"
        case .notMeasured(_, .nothing): "it is measured on the validation images after each epoch"
        case .notMeasured(_, let need): "it needs \(need)"
        case .topOfTooFew: nil
        case .emptyModel: "`help model` shows how"
        case .trainedModelMisfits: "`save` it, then add `replace=true`"
        case .lastLayer, .severalShortcuts: nil
        }
    }

    var blockIndex: Int? {
        if case .lastLayer(_, let layer) = self { layer } else { nil }
    }

    var argument: String? {
        switch self {
        case .unknownCurve, .notACurve, .notMeasured: "curves"
        case .topOfTooFew: "top"
        default: nil
        }
    }
}
