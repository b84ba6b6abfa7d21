import CommandLanguage
import Interchange
import Networks
import Tensors
import Training

let fileCommands: [Command<Session>] = [save, load, export]

/// In the metadata of a file without a training state: what its tensors are, a word after `what=`.
let contentKey = "content"

private let save = Command<Session>(
    Signature(
        "save", "Write the training state, weights, gradients or outputs to a safetensors file.",
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

private let export = Command<Session>(
    Signature(
        "export", "Write the model as an ONNX file, which ONNX Runtime and many others run.",
        details: """
            The graph is the model in evaluation: dropout does nothing, batch norms use their running means. It takes \
            `images`, NxCxHxW for any number N of images, and gives `output`, what the last layer gives; weights have \
            PyTorch's names. Operators are those of set \(OperatorGraph.operatorSet) (https://onnx.ai). The names of the classes are in the \
            file's metadata.
            """,
        topic: "Files", keywords: ["onnx", "deploy", "write", "inference", "runtime"],
        arguments: [
            Argument("file", .path(.write), .positional, "where to, such as `model.onnx`"),
            Argument(
                "normalize", .boolean,
                "take pixels in 0..1 and normalise them as in training; else images must come normalised",
                default: .boolean(true)),
        ],
        examples: [.init("export lenet.onnx", setup: trainedSetup)])
) { call, session in
    let trainer = try session.requireTrainer()
    let name = trainer.network.name
    let normalization = call.boolean("normalize") ? trainer.normalization : nil
    let model = try trainer.withAveragedWeights(shouldStop: session.shouldStop) {
        ONNXModel(
            trainer.network, normalization: normalization.map { ($0.mean, $0.deviation) },
            metadata: ["classes": trainer.dataset.classes.joined(separator: ", ")])
    }
    guard let model else { throw CommandInterruption() }
    try model.write(to: session.expand(call.text("file")))
    let input = normalization == nil ? "normalised images" : "pixels in 0..1"
    session.note(
        "exported `\(name)` to \(call.text("file")): \(input), ONNX operator set \(OperatorGraph.operatorSet)"
    )
    return .nothing
}
