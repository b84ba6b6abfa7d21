import CommandLanguage

/// What a learner can say at any time during a lesson.
enum LessonWord: String, CaseIterable {
    case next, skip, hint, answer, play, resume, back, reset, goto, quit

    var summary: String {
        switch self {
        case .next: "go on; a shown command is run first"
        case .skip: "go on without solving: the answer is shown, run and marked as skipped"
        case .hint: "a hint, each more telling than the one before"
        case .answer: "show the worked answer"
        case .play: "try things in a copy of this state; `resume` takes them back"
        case .resume: "back from `play`, as if nothing had been"
        case .back: "to the step before, and its state"
        case .reset: "to the beginning of this step, and its state"
        case .goto: "to a step by its number: `goto 3`"
        case .quit: "leave; progress is kept, and your own work comes back"
        }
    }

    /// Whether it is one of the language, too.
    var isCommand: Bool { self == .resume || self == .quit }

    static var table: Table {
        Table(
            columns: [.init("word"), .init("what it does")],
            rows: allCases.map { [StyledText($0.rawValue, .code), StyledText($0.summary)] })
    }

    /// Whether it is about the lesson itself, and so ends what is tried in `play`.
    var endsPlay: Bool {
        switch self {
        case .next, .skip, .back, .reset, .goto: true
        case .hint, .answer, .play, .resume, .quit: false
        }
    }
}
