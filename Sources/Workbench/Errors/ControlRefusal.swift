import CommandLanguage
import Diagnosis

/// What breakpoints, watches and `resume` refuse, and its wording.
enum ControlRefusal: CommandFailure, Hashable {
    case unknownQuantity(QuantityError, known: [String], argument: String?)
    /// An expression without a name.
    case nothingMeasured(String, argument: String)
    case notACondition(String)
    case notANumber(String)
    case unknownBreakpoint(String)
    case unknownWatch(String)
    /// What could be watched, and is to be drawn.
    case notWatched(String)
    case nothingToResume

    var message: String {
        switch self {
        case .unknownQuantity(.unknown(let name), _, _): "`\(name)` is nothing that can be measured"
        case .unknownQuantity(.unknownLayer(let layer, _), _, _): "there is no layer `\(layer)`"
        case .unknownQuantity(.notOfLayer(let layer, let quantity), _, _): "`\(layer)` has no `\(quantity)`"
        case .nothingMeasured(let text, _): "`\(text)` measures nothing: its value is always the same"
        case .notACondition(let text): "`\(text)` is neither true nor false"
        case .notANumber(let text): "`\(text)` is no number"
        case .unknownBreakpoint(let name): "there is no breakpoint `\(name)`"
        case .unknownWatch(let name): "there is no watch `\(name)`"
        case .notWatched("watched"): "nothing is watched"
        case .notWatched(let text): "`\(text)` has not been watched, so that there is no curve of it"
        case .nothingToResume: "no training has been stopped before its end"
        }
    }

    var hint: String? {
        switch self {
        case .unknownQuantity(.unknown(let name), _, _) where name.contains { "+*/".contains($0) },
            .unknownQuantity(.unknownLayer(let name, _), _, _) where name.contains { "+*/".contains($0) }:
            "arithmetic stands in parentheses: `watch (a / b)`"
        case .unknownQuantity(.unknown("every"), _, _): "`every=20`"
        case .unknownQuantity(.unknown(let name), let known, _):
            (known.first { Self.is($0, meantBy: name) } ?? nearest(to: name, among: known))
                .map { "did you mean `\($0)`?" } ?? "`watch quantities` lists what can be"
        case .unknownQuantity(.unknownLayer(let layer, let quantity), let known, _):
            nearest(to: "\(layer).\(quantity)", among: known).map { "did you mean `\($0)`?" }
                ?? "`show model` lists them"
        case .unknownQuantity(.notOfLayer(_, let quantity), let known, _):
            known.first { $0.hasSuffix("." + quantity) }.map { "`\($0)` there is" }
        case .nothingMeasured:
            "such as `gradient.norm` or `conv1.update.ratio`: `watch quantities` lists them"
        case .notACondition(let text): "compare it with something: `(\(text) > 1)`"
        case .notANumber(let text): "`pause when (\(text))` takes conditions"
        case .unknownBreakpoint: "`pause list` lists them"
        case .unknownWatch: "`watch list` lists them"
        case .notWatched("watched"): "`watch gradient.norm` before `train` begins"
        case .notWatched(let text):
            "`watch \(Formula(measuring: text)?.soleName == text ? text : "(\(text))")` before `train`"
        case .nothingToResume: "`train` or `step`"
        }
    }

    /// Whether a quantity is what somebody means who leaves out its layer, or uses a word from elsewhere.
    private static func `is`(_ quantity: String, meantBy name: String) -> Bool {
        let word = otherWords[name] ?? name
        return quantity == word || quantity.hasSuffix("." + word)
    }

    private static let otherWords = [
        "time": "seconds", "lr": "rate", "acc": "accuracy", "nan": "weight.notfinite",
    ]

    var argument: String? {
        switch self {
        case .unknownQuantity(_, _, let argument): argument
        case .nothingMeasured(_, let argument): argument
        case .notACondition: "condition"
        case .notANumber: "expressions"
        case .unknownBreakpoint, .unknownWatch: "which"
        case .notWatched: "curves"
        case .nothingToResume: nil
        }
    }
}
