import CommandLanguage
import Lessons

/// The player takes these words before the language does; only where nobody can answer do they come here.
let learn = Command<Session>(
    Signature(
        "learn", "Play a lesson at the prompt, or list them all.",
        details: """
            A lesson shows a network that is stuck, lets you look inside, asks what you expect, and leaves it to you to mend \
            it. It begins in a session of its own; `quit` brings your own work back. Progress is kept: the lesson goes on \
            where you left it. While one is played, Enter runs what is shown, and these words help: `next`, `skip`, `hint`, \
            `answer`, `play` (try things that leave no trace) and `resume`, `back`, `reset`, `goto 3`, `quit`. \
            `learn forget NAME` begins a lesson anew.
            """,
        topic: "Help", keywords: ["lesson", "tutorial", "course", "teach", "exercise", "start", "beginner"],
        arguments: [
            Argument(
                "lesson", .text, .positional, "its name or number; all are listed without", isOptional: true)
        ],
        examples: ["learn", "learn learning-rate"])
) { _, _ in throw LessonRefusal.notAtPrompt }

/// What lessons refuse in a script.
private enum LessonRefusal: CommandFailure {
    case notAtPrompt

    var code: any ErrorCode { LessonErrorCode.notAtPrompt }
    var message: String { "a lesson is played at the prompt" }
    var hint: String? { "`cairn run LESSON` replays one without questions" }
}
