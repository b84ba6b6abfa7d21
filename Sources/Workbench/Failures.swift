import CommandLanguage
import Networks

/// What the workbench itself refuses, and its wording. What the core refuses is worded in `CoreFailures.swift`.
enum Refusal: CommandFailure, Hashable {
    case noData
    case noModel
    case nothingTrained
    case testFilesApart
    case unknownCurve(String, allowed: [String])
    case notACurve(String)
    case emptyModel
    case unknownModel(String)
    case onlyAndExcept
    case noBatchLeft
    case notWeights(file: String, content: String)
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
        case .onlyAndExcept: "`only` and `except` exclude each other"
        case .notWeights(let file, let content): "`\(file)` holds \(content), not weights"
        case .noBatchLeft: "all images of the epoch have been trained on, and it waits for its validation"
        case .emptyModel: "a model needs at least one layer"
        case .unknownModel(let name):
            "no model is known as `\(name)`, and there is no block that declares one"
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
        case .testFilesApart, .onlyAndExcept, .notWeights: nil
        case .noBatchLeft: "`train 1` finishes it"
        case .unknownCurve(_, let allowed): "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        case .notACurve: "such as `plot loss` or `plot $run.val.accuracy`"
        case .emptyModel: "`help model` shows how"
        case .unknownModel:
            "add a block, or take one of " + allNamedModels.map { "`\($0.name)`" }.joined(separator: ", ")
        case .trainedModelMisfits: "`save` it, then add `replace=true`"
        case .lastLayer, .severalShortcuts: nil
        }
    }

    var blockIndex: Int? {
        if case .lastLayer(_, let layer) = self { layer } else { nil }
    }

    var argument: String? {
        switch self {
        case .unknownCurve, .notACurve: "curves"
        case .unknownModel: "name"
        case .notWeights: "file"
        default: nil
        }
    }
}
