import CommandLanguage
import Tensors
import Training

let fileCommands: [Command<Session>] = [save, load.undoable, export]

/// In the metadata of a file without a training state: what its tensors are, a word after `what=`.
let contentKey = "cairn.content"

private let save = Command<Session>(
    Signature(
        "save", "Write the training state, weights, gradients or outputs to a safetensors file.",
        details: """
            The state is everything training changes: weights, running statistics, optimizer, random streams, place in \
            the epoch, history. A run that goes on from it gives the same bits as one that never stopped. Names, shapes \
            and order of the weights are PyTorch's. The old file stays until the new one is whole.

            `gradients` and `outputs` are for comparing with another program. Beside them stand `batch.images` as the \
            network gets them, NxCxHxW, `batch.labels` and `batch.output`. Gradients are those of the step in hand or, \
            between two steps, of the next one, with its augmentation and dropout; outputs are those of evaluation, for \
            as many images as are in a batch.
            """,
        topic: "Files", keywords: ["checkpoint", "write", "export", "safetensors", "pytorch"],
        arguments: [
            Argument("file", .path(.write), .positional, "where to"),
            Argument(
                "what",
                .choice([
                    .init("state", "everything, to go on training"),
                    .init("weights", "weights and running statistics"),
                    .init("gradients", "of the mean loss of the next training batch, and that batch"),
                    .init("outputs", "of the first validation images, and these images"),
                    .init("average", "those of `average swa` or `average ema`"),
                ]), "what to save", default: .text("state")),
        ],
        examples: [
            .init("save lenet.safetensors", setup: trainedSetup),
            .init("save weights.safetensors what=weights", setup: trainedSetup),
            .init("save gradients.safetensors what=gradients", setup: trainedSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let path = session.expand(call.text("file"))
    let what = call.text("what")
    func write(_ tensors: [(name: String, tensor: Tensor)]) throws {
        let content = what == "average" ? "weights" : what
        try TensorArchive(tensors: tensors, metadata: ["format": "pt", contentKey: content]).write(path)
    }
    switch what {
    case "weights": try write(trainer.network.exportTensors())
    case "average":
        guard trainer.average?.isEmpty == false else { throw Refusal.nothingAveraged }
        let weights = try trainer.withAveragedWeights(shouldStop: session.shouldStop) {
            trainer.network.exportTensors()
        }
        guard let weights else { throw CommandInterruption() }
        try write(weights)
    case "gradients":
        guard trainer.phase != .ready || trainer.hasBatch else { throw Refusal.noBatchLeft }
        try write(try trainer.exportGradients())
    case "outputs":
        guard let outputs = try trainer.exportOutputs(shouldStop: session.shouldStop) else {
            throw CommandInterruption()
        }
        try write(outputs)
    default: try trainer.state.save(to: path)
    }
    session.note("saved the \(what) of `\(trainer.network.name)` to \(call.text("file"))")
    return .nothing
}
