import CommandLanguage
import Interchange
import Networks
import Training

let export = Command<Session>(
    Signature(
        "export", "Write the model as an ONNX file, which ONNX Runtime and many others run.",
        details: """
            The graph is the model in evaluation: dropout does nothing, batch norms use their running means. It takes \
            `images`, NxCxHxW for any number N of images, and gives `output`, what the last layer gives; weights have \
            PyTorch's names, and are the averaged ones if there are any, as in `evaluate`. Operators are those of set \
            \(OperatorGraph.operatorSet) (https://onnx.ai). The names of the classes are in the file's metadata.
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
