import CommandLanguage

/// Something wrong with the file of a lesson.
package struct LessonProblem: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case noTitle
        case noSteps
        /// A quote that begins with `Predict` or `Exercise` in bold, and cannot be read: what it lacks.
        case prediction(lacks: String)
        case exercise(lacks: String)
        /// A prediction without commands after it in the same section.
        case nothingToPredict
        /// `<details>` outside of an exercise, or with a summary that says neither hint, answer nor wrong.
        case details(String)
        case unclosedDetails
        /// A comment that looks like a number's check and is none.
        case badCheck(String)
        /// A number with decimals in the text that no comment in the section checks.
        case uncheckedNumber(String)
        /// It would be shown as a paragraph of bars.
        case table
        /// The last section does not tell when the technique helps.
        case noEnding
        /// An exercise with fewer hints than three or without a wrong answer.
        case fewHints(Int)
        case noWrongAnswer
        /// Cells that do not check as one script.
        case cell(String)
    }

    package let kind: Kind
    /// The line of the file, from 1.
    package let line: Int

    package var message: String {
        switch kind {
        case .noTitle: "a lesson begins with its title: `# Title`"
        case .noSteps: "a lesson needs text and ```cairn cells"
        case .prediction(let lack): "this prediction lacks \(lack)"
        case .exercise(let lack): "this exercise lacks \(lack)"
        case .nothingToPredict: "no ```cairn cell follows this prediction in its section"
        case .details(let summary):
            "`<details>` stand after an exercise, with a summary `Hint`, `Answer` or `Wrong: ...`, not `\(summary)`"
        case .unclosedDetails: "`<details>` without `</details>`"
        case .badCheck(let text):
            "`\(text)` checks no number: write `<!-- 0.83 ± 0.03 = ($run.val.accuracy.last) -->`"
        case .uncheckedNumber(let number):
            "\(number) stands in the text unchecked: add `<!-- \(number) ± 0.03 = (expression) -->` after it, or write it as code"
        case .table: "a table cannot be read at the prompt: write a list, or let a command print it"
        case .noEnding: "the last section has no heading `When it helps`"
        case .fewHints(let count):
            "an exercise needs three hints, from a nudge to nearly the answer; this has \(count)"
        case .noWrongAnswer: "an exercise needs a `Wrong: ...` that tempts and fails"
        case .cell(let message): message
        }
    }
}
