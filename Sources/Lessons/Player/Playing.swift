/// A lesson that is being played, and where.
struct Playing {
    let lesson: Lesson
    /// The learner's own work, to come back to.
    let outside: any LessonMark
    var index: Int
    /// The state at the beginning of each step that was reached, by its index.
    var marks: [Int: any LessonMark] = [:]
    /// The state to come back to from `play`.
    var sandbox: (any LessonMark)?
    var attempt = Attempt()

    /// What the learner has done about the step in hand.
    struct Attempt {
        /// Whether the question before the command is still to be answered.
        var isAsking = false
        /// Waits beside the result that it is about.
        var guess: Prediction.Guess?
        var hintsShown = 0
        /// What was said of the exercise's conditions last, after so many epochs: not to be said again before the next.
        var complaints: [String] = []
        var epochsTrained = 0
        /// The state before the step's commands, once they were stopped.
        var start: (any LessonMark)?
        /// The learner's own commands so far.
        var typed: [String] = []
    }

    var step: Lesson.Step { lesson.steps[index] }
    var isLast: Bool { index == lesson.steps.count - 1 }
    /// `learning-rate.3`
    var place: String { "\(lesson.name).\(step.number)" }

    /// What the step asks before its commands.
    var prediction: Prediction? {
        if case .run(_, let prediction) = step.task { prediction } else { nil }
    }
}
