import CommandLanguage

/// What the workbench itself refuses, and its wording. What the core refuses is worded in `CoreFailures.swift`.
enum Refusal: CommandFailure, Hashable {
    case noData
    case noModel
    case nothingTrained
    case testFilesApart
    case unknownCurve(String, allowed: [String])
    case noTestImages
    case notACurve(String)
    case emptyModel

    var message: String {
        switch self {
        case .noData: "there is no data yet"
        case .noModel: "there is no model yet"
        case .nothingTrained: "nothing has been trained yet"
        case .testFilesApart: "`test-images` and `test-labels` go together"
        case .unknownCurve(let word, _): "there is no curve called `\(word)`"
        case .notACurve(let kind): "a curve is a name or a list of numbers, not \(kind)"
        case .noTestImages: "this data has no test images"
        case .emptyModel: "a model needs at least one layer"
        }
    }

    var hint: String? {
        switch self {
        case .noData: "data fashion-mnist"
        case .noModel: "model NAME { flatten; dense 10 }"
        case .nothingTrained: "train 1"
        case .testFilesApart: nil
        case .unknownCurve(_, let allowed): "one of " + allowed.joined(separator: ", ")
        case .notACurve: "plot loss"
        case .noTestImages: "evaluate validation"
        case .emptyModel: "help model"
        }
    }

    var argument: String? {
        switch self {
        case .unknownCurve, .notACurve: "curves"
        default: nil
        }
    }
}
