import CommandLanguage

/// One lesson of the course, as its Markdown file tells it: steps to be taken one after the other.
package struct Lesson: Sendable {
    /// What it is called by: `learning-rate`, from `04-learning-rate.md`.
    package let name: String
    /// The file's first heading.
    package let title: String
    package let steps: [Step]

    /// Something to read, and then something to do.
    package struct Step: Sendable {
        /// From 1: what `goto` takes.
        package let number: Int
        /// The heading that it stands under, if it is the first there.
        let heading: String?
        /// What is read before the task.
        let before: Passage
        package let task: Task
        /// What is read once the task is done, up to the next heading.
        var after = Passage()
        /// The line of the file that it begins in.
        let line: Int
    }

    /// What is to be done in a step.
    package enum Task: Sendable {
        case read
        /// Run these commands, after a guess at what will come of it if there is a question.
        case run(Source, Prediction?)
        case solve(Exercise)
    }

    /// The commands of the lesson as one script, of each exercise its first answer.
    package var script: [Source] { steps.flatMap(\.commands) }
}

extension Lesson.Step {
    /// What leads to the state after it.
    var commands: [Source] {
        switch task {
        case .read: []
        case .run(let source, _): [source]
        case .solve(let exercise): exercise.answers.prefix(1).map(\.source)
        }
    }
}

/// Paragraphs and lists, line by line, with an empty line between them.
struct Passage: Sendable {
    var text: [StyledText] = []
    /// Numbers that the text tells, to be checked where it is read.
    var printed: [PrintedNumber] = []
}

/// A number that stands in the text of a lesson, with what it is a measurement of: a comment
/// `<!-- 0.83 ± 0.03 = $cool.val.accuracy.last -->` behind the text.
struct PrintedNumber: Sendable {
    let value: Double
    /// At most so far away, on every replay.
    let tolerance: Double
    let measured: LessonExpression
}

/// An expression of the language in a lesson: `($hot.val.accuracy.last < 0.2)`.
struct LessonExpression: Sendable {
    let text: String
    let source: Source

    /// A statement that shows its value, at the expression's place in the file.
    init(_ text: String, file: String, line: Int) {
        self.text = text
        source = Source(name: file, text: text.hasPrefix("(") ? text : "(\(text))", firstLine: line)
    }
}
