import CommandLanguage
import Datasets

/// What every source of data takes: which of its images are used, and what for.
let selectionArguments = [
    Argument(
        "validation", .number(.atLeast(0)),
        "images set aside from training: a count, or a share below 1; a tenth unless given", isOptional: true),
    Argument(
        "fold", .text, "instead: one of several equal parts, such as 2/5, for cross-validation",
        isOptional: true),
    Argument(
        "limit", .integer(1...100_000_000), "use only this many images of each set, evenly over the classes",
        isOptional: true),
    Argument(
        "per-class", .integer(1...100_000_000), "use only this many images of each class", isOptional: true),
    Argument(
        "imbalance", .either([.number(.within(1...1e6)), .list(of: .number(.within(0...1)))]),
        "make classes rare in training: the first has so many times the images of the last, or a share for each",
        isOptional: true),
    Argument(
        "label-noise", .number(.within(0...1)), "the share of training images that get a wrong label",
        default: .number(0)),
]

extension Call {
    var selection: DataSelection {
        get throws {
            var selection = DataSelection()
            // `validation=5000` is a count, `validation=10%` a share.
            if has("validation") { selection.validation = try SplitSize(number("validation")) }
            if has("fold") { selection.fold = try Fold(text("fold")) }
            selection.limit = optionalInteger("limit")
            selection.perClass = optionalInteger("per-class")
            if has("imbalance") { selection.imbalance = imbalance }
            selection.labelNoise = number("label-noise")
            return selection
        }
    }

    private var imbalance: Imbalance {
        if case .number(let ratio) = value("imbalance") { return .ratio(ratio) }
        return .shares(numbers("imbalance"))
    }
}
