import CommandLanguage
import Diagnosis
import Tensors
import Training

let stepCommands: [Command<Session>] = [step.undoable]

private let partNames = [
    "forward": "run the next batch through the network", "backward": "compute its gradients",
    "update": "change the weights by them",
]

private let step = Command<Session>(
    Signature(
        "step", "Train on some batches, or run one part of a step.",
        details: """
            `step 20` makes 20 updates. `step forward`, `step backward` and `step update` go through one step, so that \
            you see activations, then gradients, then the change of the weights of one batch with `stats`; `step` \
            finishes a step in hand. An epoch that ends on the way is validated as in `train`; `train` goes on from \
            where `step` stopped. Ctrl-C stops at the next batch.
            """,
        topic: "Training",
        keywords: ["batch", "debug", "single", "iteration", "forward", "backward", "update"],
        arguments: [
            Argument(
                "what",
                .either([
                    .integer(1...10_000_000, unit: "steps"),
                    .choice(
                        Trainer.StepPart.allCases.map { .init($0.rawValue, partNames[$0.rawValue] ?? "") }),
                ]), .positional, "how many, one for each batch, or which part of one", default: .number(1))
        ],
        result: [
            .init("step", "updates there have been in the run"), .init("loss", "loss of the last batch"),
            .init("accuracy", "accuracy of the last batch"),
        ],
        examples: [
            .init("step 5 -> last\nprint $last.loss", setup: smallModelSetup),
            .init(
                "step forward\nstats activations\nstep backward\nstats gradients\nstep update",
                setup: smallModelSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    try trainer.check()
    guard case .text(let word) = call.value("what"), let part = Trainer.StepPart(rawValue: word) else {
        return try train(trainer, steps: call.integer("what"), in: session)
    }
    try check(part, comesNext: trainer.phase)
    session.prepareInstruments(for: trainer)
    guard
        try trainer.beginStep(
            shouldStop: session.shouldStop, observe: { session.showEpoch($0) })
    else { throw CommandInterruption() }
    if let divergence = try trainer.finishStep(upTo: part, keepingValues: true) {
        session.show(divergence.report)
        return .nothing
    }
    session.note(trainer.report(of: part))
    if part == .update { session.inspectStep(of: trainer) }
    return trainer.stepResult
}

private func train(_ trainer: Trainer, steps: Int, in session: Session) throws -> Value {
    let goal = TrainingGoal.step(trainer.position.step + steps)
    let outcome = session.train(trainer, until: goal, observe: session.showEpoch)
    try session.explain(outcome, of: trainer)
    if outcome.reason == .finished { session.note(trainer.report(of: .update)) }
    if outcome.reason == .stopped { throw CommandInterruption(keeping: trainer.stepResult) }
    return trainer.stepResult
}

/// - Throws: `Refusal.stepOrder`.
private func check(_ part: Trainer.StepPart, comesNext phase: Trainer.Phase) throws {
    let next: Trainer.StepPart =
        switch phase {
        case .ready: .forward
        case .forwarded: .backward
        case .backpropagated: .update
        }
    guard part == next else { throw Refusal.stepOrder(part.rawValue, next: next.rawValue) }
}

extension Trainer {
    /// Where a step stands after one of its parts.
    fileprivate func report(of part: StepPart) -> StyledText {
        let loss = Figures.decimal(result?.meanLoss ?? .nan)
        let accuracy = Figures.decimal(result?.accuracy ?? .nan)
        switch part {
        case .forward:
            return StyledText("step \(Figures.grouped(position.step + 1))", .strong)
                + " forward: loss \(loss), accuracy \(accuracy) of \(Figures.count(result?.count ?? 0, "image"))"
        case .backward:
            let norm = Statistics(gradientsOf: network).rows.reduce(0) {
                $0 + $1.summary.norm * $1.summary.norm
            }
            return StyledText("step \(Figures.grouped(position.step + 1))", .strong)
                + " backward: gradient norm \(Figures.brief(norm.squareRoot()))"
        case .update:
            return StyledText("step \(Figures.grouped(position.step))", .strong)
                + ": loss \(loss), accuracy \(accuracy), rate \(Figures.setting(Double(history.steps.last?.rate ?? 0)))"
        }
    }

    fileprivate var stepResult: Value {
        .record([
            "step": .number(Double(position.step)),
            "loss": result.map { .number($0.meanLoss) } ?? .nothing,
            "accuracy": result.map { .number($0.accuracy) } ?? .nothing,
        ])
    }
}
