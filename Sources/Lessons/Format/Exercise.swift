import CommandLanguage

/// A task that is solved when all its conditions hold, however that came about.
package struct Exercise: Sendable {
    let goal: [StyledText]
    let conditions: [Condition]
    /// From a nudge to nearly the answer.
    let hints: [[StyledText]]
    /// Accepted routes; the first is what the lesson goes on from.
    let answers: [Attempt]
    /// What tempts, and must fail.
    let wrong: [Attempt]

    /// Something that must hold in the end.
    struct Condition: Sendable {
        let expression: LessonExpression
        /// In words; empty if the text around says it.
        let meaning: String

        /// Whether more training cannot mend it.
        var isBudget: Bool { expression.text.contains("used.") && expression.text.contains("<") }

        /// A statement that fails, with the values that it saw, unless the condition holds.
        var expectation: Source {
            Source(
                name: expression.source.name, text: "expect " + expression.source.text,
                firstLine: expression.source.firstLine)
        }
    }

    /// Commands that solve it, or that only seem to.
    struct Attempt: Sendable {
        /// What it is called: "a lower rate".
        let name: String
        /// What is said about it.
        let remark: [StyledText]
        let source: Source
    }
}
