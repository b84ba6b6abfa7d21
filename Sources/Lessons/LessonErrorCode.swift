import CommandLanguage

/// What a lesson refuses.
package enum LessonErrorCode: String, ErrorCode {
    case noLesson = "no-lesson"
    case badLesson = "bad-lesson"
    case lessonStep = "lesson-step"
    case guess = "not-a-guess"
    case notAtPrompt = "not-at-prompt"

    package var explanation: ErrorExplanation {
        switch self {
        case .noLesson:
            .unstaged(
                "There is no lesson of this name or number. `learn` lists them all.",
                wrong: "learn learning-rat", right: "learn learning-rate")
        case .badLesson:
            .unstaged(
                """
                The lesson's file cannot be read, or it is no lesson: a lesson is Markdown with a title and ```cairn \
                cells. `cairn lint FILE` says what is wrong with it.
                """,
                wrong: "cairn learn notes.md", right: "cairn learn 01-first-steps.md")
        case .lessonStep:
            .unstaged(
                "A lesson's steps are numbered from 1; the prompt shows which one is played.",
                wrong: "goto 99", right: "goto 2")
        case .guess:
            .unstaged(
                """
                The lesson waits for a guess before it shows the next command: a number, one letter, or all letters in an \
                order. Enter goes on without one. Until the command runs, another guess takes its place; at other times \
                no question is open.
                """,
                wrong: "maybe", right: "b")
        case .notAtPrompt:
            .unstaged(
                """
                A lesson asks and waits for answers, so it is played at the prompt. In a script and from a pipe \
                `cairn run LESSON` replays it without questions.
                """,
                wrong: "cairn -c \"learn first-steps\"", right: "cairn learn first-steps")
        }
    }
}

extension Diagnostic {
    package static func noLesson(_ name: String, _ course: Course) -> Diagnostic {
        Diagnostic(
            code: LessonErrorCode.noLesson, message: "there is no lesson `\(name)`",
            hint: course.suggestion(for: name).map { "did you mean `\($0)`?" } ?? "`learn` lists them")
    }

    static func unreadable(_ entry: Course.Entry) -> Diagnostic {
        Diagnostic(
            code: LessonErrorCode.badLesson, message: "`\(entry.path)` cannot be read as a lesson",
            hint: "`cairn lint \(entry.path)` says why")
    }

    static let badLearn = Diagnostic(
        code: LessonErrorCode.noLesson, message: "`learn` takes one lesson, or `forget` and a lesson",
        hint: "such as `learn learning-rate` or `learn forget learning-rate`")
}
