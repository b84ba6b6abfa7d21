import CommandLanguage
import Training

/// How long a command may take.
let budgetArgument = Argument(
    "budget", .duration, "stop after this time and keep what there is", isOptional: true)

let resume = Command<Session>(
    Signature(
        "resume", "Go on to the end of the training that was stopped or paused.",
        details: """
            `train` and `step` remember how far they were to go when Ctrl-C, a breakpoint, a budget or a NaN ends them \
            before. Settings may have changed meanwhile; another model has nothing to resume.
            """,
        topic: "Control", keywords: ["continue", "go on", "interrupted", "paused"],
        arguments: [budgetArgument], result: trainResult,
        examples: [
            .init("pause when (step == 3)\ntrain 2\nresume -> rest", setup: smallModelSetup)
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    guard let unfinished = session.unfinished, unfinished.trainer === trainer,
        !unfinished.goal.isReached(by: trainer.position)
    else { throw ControlRefusal.nothingToResume }
    return try session.train(to: unfinished.goal, budget: call.optionalNumber("budget"))
}
