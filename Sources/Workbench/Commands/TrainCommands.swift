import CommandLanguage
import Datasets
import Diagnosis
import Training

let trainCommands: [Command<Session>] = [train, evaluate]

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
            .init("val", "validation: `val.loss` and `val.accuracy` of each epoch"),
            .init("rate", "learning rate at the end of each epoch"),
            .init("seconds", "time spent on training"),
            .init("ended", "`finished`, `stopped` (Ctrl-C) or `diverged` (NaN)"),
        ],
        examples: [
            .init("train 2 -> base\nprint $base.val.accuracy.last", setup: smallModelSetup),
            .init("train", setup: smallModelSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let epochs = call.integer("epochs")
    let lastEpoch = trainer.position.epoch + epochs
    let recording = session.record(trainer)
    let outcome = trainer.train(epochs: epochs, shouldStop: session.shouldStop) { event in
        recording.note(event)
        if let progress = event.progress(until: lastEpoch) { session.show(progress) }
    }
    recording.end(outcome.reason)
    let result = trainer.history.result(of: outcome)
    switch outcome.reason {
    case .finished: return result
    case .stopped:
        let hint = ": everything is kept, `train` goes on from here"
        session.show(
            session.isInteractive ? outcome.whereItStopped + StyledText(hint) : outcome.whereItStopped)
        throw CommandInterruption(keeping: result)
    case .diverged(let divergence):
        session.show(divergence.report)
        session.show(Magnitudes(of: trainer).table)
        return result
    case .unreadable(let error):
        session.show(outcome.whereItStopped)
        throw error
    }
}

private let evaluate = Command<Session>(
    Signature(
        "evaluate", "Measure the model as it is on images it does not learn from.",
        details: """
            Without dropout and augmentation, with batch norm's running means. Choose settings by `validation`; use \
            `test` once, in the end.
            """,
        topic: "Training", keywords: ["test", "accuracy", "measure", "score"],
        arguments: [
            Argument(
                "images",
                .choice([
                    .init("validation", "set aside from training"), .init("test", "for the last word"),
                    .init("train", "what it learned from, unchanged"),
                ]), .positional, "which images", default: .text("validation"))
        ],
        result: [
            .init("loss", "mean loss"), .init("accuracy", "share of images it got right"),
            .init("correct", "how many it got right"), .init("count", "of how many"),
            .init("classes", "accuracy of each class"),
        ],
        examples: [.init("evaluate test -> final\nprint $final.accuracy", setup: trainedSetup)])
) { call, session in
    let trainer = try session.requireTrainer()
    let name = call.text("images")
    let images = trainer.dataset.images(named: name)
    guard let evaluation = try trainer.evaluate(images, named: name, shouldStop: session.shouldStop) else {
        session.show("stopped before the end: no result")
        throw CommandInterruption()
    }
    session.show(evaluation.line(named: name))
    return evaluation.result
}

extension Dataset {
    fileprivate func images(named name: String) -> ImageSet {
        switch name {
        case "test": test
        case "train": train
        default: validation
        }
    }
}
