import CommandLanguage
import Tensors
import Training

let fileCommands: [Command<Session>] = [save, load]

private let save = Command<Session>(
    Signature(
        "save", "Write the training state, or only the weights, to a safetensors file.",
        details: """
            The state is everything training changes: weights, running statistics, optimizer, random streams, place in \
            the epoch, history. A run that goes on from it gives the same bits as one that never stopped. Names, shapes \
            and order of the weights are PyTorch's. The old file stays until the new one is whole.
            """,
        topic: "Files", keywords: ["checkpoint", "write", "export", "safetensors", "pytorch"],
        arguments: [
            Argument("file", .path(.write), .positional, "where to"),
            Argument(
                "what",
                .choice([
                    .init("state", "everything, to go on training"),
                    .init("weights", "weights and running statistics"),
                    .init("average", "those of `average swa` or `average ema`"),
                ]), "what to save", default: .text("state")),
        ],
        examples: [
            .init("save lenet.safetensors", setup: trainedSetup),
            .init("save weights.safetensors what=weights", setup: trainedSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let path = session.expand(call.text("file"))
    func write(_ weights: [(name: String, tensor: Tensor)]) throws {
        try TensorArchive(tensors: weights, metadata: ["format": "pt"]).write(path)
    }
    switch call.text("what") {
    case "weights": try write(trainer.network.exportTensors())
    case "average":
        guard trainer.average?.isEmpty == false else { throw Refusal.nothingAveraged }
        let weights = try trainer.withAveragedWeights(shouldStop: session.shouldStop) {
            trainer.network.exportTensors()
        }
        guard let weights else { throw CommandInterruption() }
        try write(weights)
    default: try trainer.state.save(to: path)
    }
    session.note("saved the \(call.text("what")) of `\(trainer.network.name)` to \(call.text("file"))")
    return .nothing
}

private let load = Command<Session>(
    Signature(
        "load", "Read a training state or weights into the model.",
        details: """
            The model must be declared as it was saved. A state brings its optimizer, schedule, streams and history \
            along; data, batch size and augmentation stay as they are now, and what differs is said. A file of weights \
            alone, from PyTorch too, starts training afresh from them.
            """,
        topic: "Files", keywords: ["checkpoint", "read", "import", "resume", "safetensors", "pytorch"],
        arguments: [Argument("file", .path(.read), .positional, "a safetensors file")],
        examples: [.init("save lenet.safetensors\nload lenet.safetensors", setup: trainedSetup)])
) { call, session in
    let trainer = try session.requireTrainer()
    let path = session.expand(call.text("file"))
    do {
        let state = try TrainingState.load(from: path, for: trainer.network, schedules: everySchedule)
        try session.resume(state)
        session.note(
            "`\(trainer.network.name)` goes on after epoch \(state.position.epoch), step \(state.position.step), with "
                + "\(session.optimizer), schedule \(session.schedule)")
        for warning in state.warnings { session.show(StyledText(warning.message, .warning)) }
        for difference in state.setup.differences(from: trainer.setup) {
            session.note(
                StyledText(
                    "\(difference.what): now \(difference.there), saved with \(difference.here)", .warning))
        }
    } catch CheckpointError.notATrainingState {
        try session.startAfresh(from: try TensorArchive.read(path))
        session.note(
            "`\(trainer.network.name)` has the weights of \(call.text("file")) and starts training afresh")
    }
    return .nothing
}
