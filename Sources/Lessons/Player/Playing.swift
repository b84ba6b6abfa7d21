/// A lesson that is being played, and where.
struct Playing {
    let lesson: Lesson
    /// The learner's own work, to come back to.
    let outside: any LessonMark
    var index: Int
    /// The state at the beginning of each step that was reached, by its index.
    var marks: [Int: any LessonMark] = [:]
    /// What is expected of the learner.
    var stage = Stage.command
    /// Waits beside the result that it is about.
    var guess: Prediction.Guess?
    var hintsShown = 0
    /// The state to come back to from `play`.
    var sandbox: (any LessonMark)?
    /// What was said of the exercise's conditions last: not to be said again.
    var complaints: [String] = []

    enum Stage {
        /// A guess, before the command is shown.
        case guess
        /// A command, Enter, or a solution.
        case command
    }

    var step: Lesson.Step { lesson.steps[index] }
    var isLast: Bool { index == lesson.steps.count - 1 }
    /// `learning-rate.3`
    var place: String { "\(lesson.name).\(step.number)" }
}
