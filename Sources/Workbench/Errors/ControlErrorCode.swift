import CommandLanguage

/// What breakpoints, watches and `resume` refuse.
enum ControlErrorCode: String, ErrorCode {
    case unknownQuantity = "unknown-quantity"
    case nothingMeasured = "nothing-measured"
    case notACondition = "not-a-condition"
    case notANumber = "watch-needs-number"
    case unknownBreakpoint = "unknown-breakpoint"
    case notWatched = "not-watched"
    case nothingToResume = "nothing-to-resume"

    var explanation: ErrorExplanation {
        switch self {
        case .unknownQuantity:
            .init(
                """
                Conditions and watches measure the run (`loss`, `gradient.norm`) or a layer of the model by its name \
                (`conv1.gradient.norm`). This name is neither, or the layer has no such number: a `relu` has no weight. \
                `watch quantities` lists what can be measured, `show model` the layers.
                """,
                wrong: "pause when (conv9.gradient.norm > 1)", right: "pause when (conv1.gradient.norm > 1)",
                setup: smallModelSetup)
        case .nothingMeasured:
            .init(
                "A condition or a watch looks at something that training changes; `$x` is a value that stays.",
                wrong: "let x = 3\nwatch $x", right: "watch loss", setup: smallModelSetup)
        case .notACondition:
            .init(
                "A breakpoint pauses when its condition becomes true, so a number has to be compared with another.",
                wrong: "pause when (loss)", right: "pause when (loss > 2)", setup: smallModelSetup)
        case .notANumber:
            .init(
                "What is watched is shown and drawn as a curve, so it is a number; conditions are for `pause when`.",
                wrong: "watch (loss > 2)", right: "watch loss", setup: smallModelSetup)
        case .unknownBreakpoint:
            .init(
                "Breakpoints and watches are named by their numbers, or what `name=` says: `pause list`, `watch list`.",
                wrong: "pause delete 7", right: "pause when (loss > 2) name=high\npause delete high",
                setup: smallModelSetup)
        case .notWatched:
            .init(
                """
                Numbers from inside are recorded while training runs, if they are watched: `watch` before `train`, with \
                the same name or expression.
                """,
                wrong: "train 1\nplot (conv1.gradient.norm / conv1.weight.norm)",
                right:
                    "watch (conv1.gradient.norm / conv1.weight.norm) every=1\ntrain 1\nplot (conv1.gradient.norm / conv1.weight.norm)",
                setup: smallModelSetup)
        case .nothingToResume:
            .init(
                """
                `resume` goes on to the end of a `train` or `step` that a breakpoint, Ctrl-C, a budget or a NaN has ended. \
                The last one came to its end, or another model has taken its place.
                """,
                wrong: "train 1\nresume", right: "pause when (step == 1)\ntrain 1\nresume",
                setup: smallModelSetup)
        }
    }
}

extension ControlRefusal {
    var code: any ErrorCode {
        switch self {
        case .unknownQuantity: ControlErrorCode.unknownQuantity
        case .nothingMeasured: ControlErrorCode.nothingMeasured
        case .notACondition: ControlErrorCode.notACondition
        case .notANumber: ControlErrorCode.notANumber
        case .unknownBreakpoint, .unknownWatch: ControlErrorCode.unknownBreakpoint
        case .notWatched: ControlErrorCode.notWatched
        case .nothingToResume: ControlErrorCode.nothingToResume
        }
    }
}
