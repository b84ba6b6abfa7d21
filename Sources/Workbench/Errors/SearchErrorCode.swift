import CommandLanguage
import Search

/// What finders, searches and the run store refuse.
enum SearchErrorCode: String, ErrorCode {
    case reversedRates = "reversed-rates"
    case unknownDimension = "unknown-dimension"
    case repeatedDimension = "repeated-dimension"
    case badDimension = "bad-dimension"
    case unknownRunCurve = "unknown-run-curve"
    case tooFewRuns = "too-few-runs"
    case nothingToTry = "nothing-to-try"
    case repeatedValue = "repeated-value"
    case notLogarithmic = "not-logarithmic"
    case gridTooLarge = "grid-too-large"
    case noValidation = "no-validation"
    case noRunStore = "no-run-store"
    case runStoreLocked = "run-store-locked"
    case runStoreUnusable = "run-store-unusable"
    case runStoreNewer = "run-store-newer"
    case unknownRun = "unknown-run"

    private static let oneRun = smallModelSetup + "\ntrain 1"
    private static let twoRuns = oneRun + "\ntrain 1"

    var explanation: ErrorExplanation {
        switch self {
        case .reversedRates:
            .init(
                "A range test raises the rate from `from` to `to`, so `to` is the larger.",
                wrong: "rate find from=1 to=0.1", right: "rate find from=1e-4 to=1 steps=20",
                setup: smallModelSetup)
        case .unknownDimension:
            .init(
                """
                Each line of a search varies a setting, such as `rate`, `batch` or `optimizer`, or a variable that the \
                declarations read. This name is neither: for a search over filters, let the model read `$filters`.
                """,
                wrong: "search grid { filters = [2, 4] }",
                right:
                    "let filters = 4\nmodel m { conv $filters; flatten; dense 3 }\nsearch grid epochs=1 { filters = [2, 4] }",
                setup: smallModelSetup)
        case .repeatedDimension:
            .init(
                "A setting stands twice in the block; put all its values on one line.",
                wrong: "search grid { rate = [0.1]; rate = [0.2] }",
                right: "search grid epochs=1 { rate = [0.1, 0.2] }", setup: smallModelSetup)
        case .badDimension:
            .init(
                """
                These are no values that the setting could take: a list `[a, b]`, a range `a..b` of whole numbers, or \
                `log a..b`, each value one that the setting takes when it is typed.
                """,
                wrong: "search grid { rate = [0.1, -1] }",
                right: "search grid epochs=1 { rate = [0.1, 0.01] }",
                setup: smallModelSetup)
        case .unknownRunCurve:
            .init(
                "None of the compared runs has measured this curve; the hint lists those that they have.",
                wrong: "runs compare 1 1 curve=speed", right: "runs compare 1 1 curve=loss",
                setup: Self.twoRuns)
        case .tooFewRuns:
            .init(
                "A comparison needs two runs, each by its number: `runs` lists them.",
                wrong: "runs compare 1", right: "runs compare 1 2", setup: Self.twoRuns)
        case .nothingToTry:
            .init(
                "The search varies nothing, or one of its lists is empty. Name at least one setting with its values.",
                wrong: "search grid { }", right: "search grid epochs=1 { rate = [0.1, 0.01] }",
                setup: smallModelSetup)
        case .repeatedValue:
            .init(
                "A list has a value twice, which would train the same thing twice. Use `seeds` for repetitions.",
                wrong: "search grid { rate = [0.1, 0.1] }",
                right: "search grid epochs=1 { rate = [0.1, 0.01] }",
                setup: smallModelSetup)
        case .notLogarithmic:
            .init(
                "On a logarithmic range equal factors are equally far apart, so it cannot start at 0.",
                wrong: "search random { rate = log 0..1 }",
                right: "search random trials=2 epochs=1 { rate = log 1e-3..1 }", setup: smallModelSetup)
        case .gridTooLarge:
            .init(
                """
                A grid tries every combination, and there are more than `trials` allows. Raise `trials`, leave values \
                out, or draw some of them: `search random`.
                """,
                wrong: "search grid trials=3 { rate = [0.1, 0.01]; batch = [16, 32] }",
                right: "search random trials=3 epochs=1 { rate = [0.1, 0.01]; batch = [16, 32] }",
                setup: smallModelSetup)
        case .noValidation:
            .init(
                """
                Trials are compared by images that none of them was trained on, and these data have none. Give `data` a \
                share or a number of `validation` images.
                """,
                wrong: "search grid epochs=1 { rate = [0.1, 0.01] }",
                right:
                    "data shapes size=12 count=120 classes=3 channels=1 validation=20\nsearch grid epochs=1 { rate = [0.1, 0.01] }",
                setup:
                    "data shapes size=12 count=120 classes=3 channels=1 validation=0\nmodel m { flatten; dense 3 }"
            )
        case .noRunStore:
            .unstaged(
                "This session writes no runs down. Start Cairn with `--runs FILE` to say where to.",
                wrong: "runs", right: "train 1\nruns")
        case .runStoreLocked:
            .unstaged(
                """
                Another process is writing to the run store and did not finish in time: another Cairn, or a tool that \
                has the file open. Try again, or take another file with `cairn --runs FILE`.
                """,
                wrong: "runs delete 1", right: "runs")
        case .runStoreUnusable:
            .unstaged(
                """
                The file of runs cannot be used: it may not be written, it belongs to another program, it is damaged, or \
                the disk is full; the message says which. Check the file's permissions and free space, move it away, or \
                take another with `cairn --runs FILE`. Training goes on without it.
                """,
                wrong: "runs", right: "runs")
        case .runStoreNewer:
            .unstaged(
                """
                A newer version of Cairn made the file of runs, and this one would misread it. Use that version, or \
                another file: `cairn --runs FILE`.
                """,
                wrong: "runs", right: "runs")
        case .unknownRun:
            .init(
                "No run has this number: `runs` lists them. Numbers of deleted runs are not used again.",
                wrong: "runs show 7", right: "runs show 1", setup: Self.oneRun)
        }
    }
}

extension SearchRefusal {
    var code: any ErrorCode {
        switch self {
        case .reversedRates: SearchErrorCode.reversedRates
        case .unknownDimension: SearchErrorCode.unknownDimension
        case .repeatedDimension: SearchErrorCode.repeatedDimension
        case .badDimension, .badValue: SearchErrorCode.badDimension
        case .noRunStore: SearchErrorCode.noRunStore
        case .tooFewRuns: SearchErrorCode.tooFewRuns
        case .unknownRunCurve: SearchErrorCode.unknownRunCurve
        }
    }
}

extension SearchError {
    package var code: any ErrorCode {
        switch self {
        case .nothingToTry, .noValues: SearchErrorCode.nothingToTry
        case .repeatedValue: SearchErrorCode.repeatedValue
        case .notLogarithmic: SearchErrorCode.notLogarithmic
        case .gridTooLarge: SearchErrorCode.gridTooLarge
        case .noValidation: SearchErrorCode.noValidation
        }
    }
}

extension RunStoreError {
    package var code: any ErrorCode {
        switch kind {
        case .locked: SearchErrorCode.runStoreLocked
        case .readOnly, .damaged, .foreign, .other: SearchErrorCode.runStoreUnusable
        case .newer: SearchErrorCode.runStoreNewer
        case .noRun: SearchErrorCode.unknownRun
        }
    }
}
