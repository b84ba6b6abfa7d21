import CommandLanguage
import Datasets
import Diagnosis
import Training

let trainCommands: [Command<Session>] = [train.undoable, evaluate]

/// What a training gives.
let trainResult: [Signature.Field] = [
    .init("epochs", "epochs it finished"), .init("steps", "updates it made"),
    .init("loss", "training loss of each epoch"),
    .init("accuracy", "training accuracy of each epoch"),
    .init("val", "validation: `val.loss`, `val.accuracy` and the other metrics of each epoch"),
    .init("rate", "learning rate at the end of each epoch"),
    .init("seconds", "time spent on training"), .init("settings", "by name"),
    .init("run", "its number in `runs`; nothing if runs are not kept, or of `resume` after `step`"),
    .init("watch", "for each watch number, name, steps, values"),
    .init(
        "ended",
        "`finished`, `stopped` (Ctrl-C), `paused` (by a breakpoint), `out-of-budget`, `stopped-early`, `diverged` (NaN) or `unusable-rate` (of a schedule)"
    ),
]

private let train = Command<Session>(
    Signature(
        "train", "Train for some epochs: passes over all training images.",
        details: """
            A validation follows each epoch. Ctrl-C stops at the next batch and keeps everything; `resume` goes on to the \
            end, the next `train` finishes that epoch first. Each `train` is kept as a run: `runs` lists them. A loss or \
            gradient that is NaN or infinite pauses training before it does harm; `pause when` sets other conditions, \
            `watch` shows numbers meanwhile.
            """,
        topic: "Training", keywords: ["fit", "learn", "epoch", "run", "nan"],
        arguments: [
            Argument(
                "epochs", .integer(1...100_000), .positional, "how many epochs to finish", default: .number(1)
            ),
            budgetArgument,
        ],
        result: trainResult,
        examples: [
            .init("train 2 -> base\nprint $base.val.accuracy.last", setup: smallModelSetup),
            .init("train", setup: smallModelSetup), .init("train 100 budget=1s", setup: smallModelSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    return try session.train(
        to: .epoch(trainer.position.epoch + call.integer("epochs")), budget: call.optionalNumber("budget"))
}

extension Session {
    /// Trains to an end or for `budget` seconds, shows how, and gives `trainResult`.
    ///
    /// - Throws: `DatasetError` if an image could not be read, `CommandInterruption` if it was stopped.
    func train(to goal: TrainingGoal, budget: Double?) throws -> Value {
        let trainer = try requireTrainer()
        try trainer.check()
        let outcome: TrainingOutcome
        var run: Int64?
        switch goal {
        case .epoch(let lastEpoch):
            let recording = record(trainer)
            var table = LiveTable(instruments)
            outcome = train(trainer, until: goal, budget: budget) { event in
                recording.note(event)
                guard var progress = event.progress(until: lastEpoch) else { return }
                if !progress.isFinished { progress.table = table.next() }
                show(progress)
            }
            recording.end(outcome.reason)
            run = recording.number
        case .step:
            outcome = train(trainer, until: goal, budget: budget, observe: showEpoch)
        }
        var result = trainer.history.result(of: outcome, settings: runSettings(of: trainer))
        result["run"] = run.map { .number(Double($0)) } ?? .nothing
        result["watch"] = instruments.watchList(in: outcome.steps)
        noteSkippedFiles()
        try explain(outcome, of: trainer)
        if outcome.reason == .stopped { throw CommandInterruption(keeping: .record(result)) }
        return .record(result)
    }

    /// Only epochs that end: a batch is too short to be drawn.
    func showEpoch(_ event: TrainingEvent) {
        guard case .epochFinished(let record) = event else { return }
        if let progress = event.progress(until: record.epoch) { show(progress) }
    }
}

extension Session {
    /// Says why training ended, unless it came to its end.
    ///
    /// - Throws: `DatasetError` if an image could not be read.
    func explain(_ outcome: TrainingOutcome, of trainer: Trainer) throws {
        effort.add(outcome)
        switch outcome.reason {
        case .finished: break
        case .stoppedEarly(let stop): show(stop.report)
        case .unusableRate(let rate):
            show(
                outcome.whereItStopped
                    + ": the schedule gives \(Figures.setting(rate)), and a rate is a number of 0 or more")
        case .stopped: show(outcome.whereItStopped + goesOn)
        case .outOfBudget: show(outcome.whereItStopped + ": the budget is used up" + goesOn)
        case .paused: show(instruments.hitLines(after: outcome.whereItPaused + goesOn))
        case .diverged(let divergence):
            show(divergence.report)
            show(Magnitudes(of: trainer).table)
        case .unreadable(let error):
            show(outcome.whereItStopped)
            throw error
        }
    }

    /// What can be done next, for somebody at a prompt.
    private var goesOn: StyledText {
        guard isInteractive, !isTrying, let unfinished, let trainer,
            !unfinished.goal.isReached(by: trainer.position)
        else { return "" }
        return ": everything is kept, `resume` goes on from here"
    }
}

private let evaluate = Command<Session>(
    Signature(
        "evaluate", "Measure the model as it is on images it does not learn from.",
        details: """
            Without dropout and augmentation, with batch norm's running means; the averaged weights where `average` is on. \
            Choose settings by `validation`; use `test` once, in the end.
            """,
        topic: "Training", keywords: ["test", "accuracy", "measure", "score"],
        arguments: [
            measuredImages,
            Argument(
                "top", .integer(1...1_000_000), "count a label as right among so many largest outputs",
                isOptional: true),
        ],
        result: allMetrics.map {
            .init($0.name, $0.summary + ($0.need == .nothing ? "" : "; needs \($0.need)"))
        } + [
            .init("top", "share of labels among the `top=` largest outputs, if asked for"),
            .init("correct", "how many labels it got right"), .init("count", "of how many"),
            .init("classes", "accuracy of each class"),
        ],
        examples: [
            .init("evaluate test -> final\nprint $final.accuracy $final.f1 $final.ece", setup: trainedSetup),
            .init("evaluate top=2 -> result\nprint $result.top", setup: trainedSetup),
        ])
) { call, session in
    let classes = try session.requireTrainer().dataset.classes.count
    let top = call.optionalInteger("top")
    if let top, top > classes { throw Refusal.topOfTooFew(top, classes: classes) }
    let name = call.text("images")
    let evaluation = try session.evaluate(name)
    session.show(evaluation.lines(named: name, top: top))
    session.noteSkippedFiles()
    return evaluation.result(top: top)
}

extension Session {
    /// Measures the model on `train`, `validation` or `test` images.
    func evaluate(_ name: String) throws -> Evaluation {
        let trainer = try requireTrainer()
        let images = trainer.dataset.images(named: name)
        guard let evaluation = try trainer.evaluate(images, named: name, shouldStop: shouldStop) else {
            show("stopped before the end: no result")
            throw CommandInterruption()
        }
        return evaluation
    }
}

/// Which images a command measures the model on.
let measuredImages = Argument(
    "images",
    .choice([
        .init("validation", "set aside from training"), .init("test", "for the last word"),
        .init("train", "what it learned from, unchanged"),
    ]), .positional, "which images", default: .text("validation"))

extension Dataset {
    func images(named name: String) -> ImageSet {
        switch name {
        case "test": test
        case "train": train
        default: validation
        }
    }
}
