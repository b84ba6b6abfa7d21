import CommandLanguage
import Datasets
import Diagnosis
import Training

let trainCommands: [Command<Session>] = [train.undoable, evaluate]

private let train = Command<Session>(
    Signature(
        "train", "Train for some epochs: passes over all training images.",
        details: """
            A validation follows each epoch. Ctrl-C stops at the next batch and keeps everything; the next `train` \
            finishes that epoch first. Each `train` is kept as a run: `runs` lists them. A loss or gradient that is NaN or infinite pauses training before it does harm.
            """,
        topic: "Training", keywords: ["fit", "learn", "epoch", "run", "nan"],
        arguments: [
            Argument(
                "epochs", .integer(1...100_000), .positional, "how many epochs to finish", default: .number(1)
            )
        ],
        result: [
            .init("epochs", "epochs it finished"), .init("steps", "updates it made"),
            .init("loss", "training loss of each epoch"),
            .init("accuracy", "training accuracy of each epoch"),
            .init("val", "validation: `val.loss`, `val.accuracy` and the other metrics of each epoch"),
            .init("rate", "learning rate at the end of each epoch"),
            .init("seconds", "time spent on training"), .init("settings", "by name"),
            .init(
                "ended",
                "`finished`, `stopped` (Ctrl-C), `stopped-early`, `diverged` (NaN) or `unusable-rate` (of a schedule)"
            ),
        ],
        examples: [
            .init("train 2 -> base\nprint $base.val.accuracy.last", setup: smallModelSetup),
            .init("train", setup: smallModelSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    try trainer.checkMetrics()
    let epochs = call.integer("epochs")
    let lastEpoch = trainer.position.epoch + epochs
    let recording = session.record(trainer)
    let outcome = trainer.train(epochs: epochs, shouldStop: session.shouldStop) { event in
        recording.note(event)
        if let progress = event.progress(until: lastEpoch) { session.show(progress) }
    }
    recording.end(outcome.reason)
    let result = trainer.history.result(of: outcome, settings: session.runSettings(of: trainer))
    session.noteSkippedFiles()
    try session.explain(outcome, of: trainer)
    if outcome.reason == .stopped { throw CommandInterruption(keeping: result) }
    return result
}

extension Session {
    /// Says why training ended, unless it came to its end.
    ///
    /// - Throws: `DatasetError` if an image could not be read.
    func explain(_ outcome: TrainingOutcome, of trainer: Trainer) throws {
        switch outcome.reason {
        case .finished: break
        case .stoppedEarly(let stop): show(stop.report)
        case .unusableRate(let rate):
            show(
                outcome.whereItStopped
                    + ": the schedule gives \(Figures.setting(rate)), and a rate is a number of 0 or more")
        case .stopped:
            let hint = ": everything is kept, `train` goes on from here"
            show(isInteractive ? outcome.whereItStopped + StyledText(hint) : outcome.whereItStopped)
        case .diverged(let divergence):
            show(divergence.report)
            show(Magnitudes(of: trainer).table)
        case .unreadable(let error):
            show(outcome.whereItStopped)
            throw error
        }
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
    fileprivate func images(named name: String) -> ImageSet {
        switch name {
        case "test": test
        case "train": train
        default: validation
        }
    }
}
