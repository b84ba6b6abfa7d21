import CommandLanguage
import Networks
import Tensors
import Training

/// Names of layers and blocks, or their beginnings with a `*`: one or several.
private let layerNames = Argument.Kind.either([.layer, .list(of: .layer)])

let load = Command<Session>(
    Signature(
        "load", "Read a training state or weights into the model.",
        details: """
            The model must be declared as it was saved. A state brings its optimizer, schedule, streams and history \
            along, and batch size, sampling, augmentation, normalization, loss and convolution as they were; data stay as \
            they are now, and what differs is said. Weights alone, from PyTorch too, start training afresh.

            With `only` or `except` the weights of some layers are read and the others stay as they are: for transfer \
            learning `load resnet18.safetensors except=fc` reads all but the last layer, whose classes are others. A \
            name means a layer or a block with all in it; `conv*` means all that begin so. \
            PyTorch's weights become such a file with `safetensors.torch.save_file(model.state_dict(), file)`.
            """,
        topic: "Files",
        keywords: [
            "checkpoint", "read", "import", "resume", "safetensors", "pytorch", "transfer", "finetune",
        ],
        arguments: [
            Argument("file", .path(.read), .positional, "a safetensors file"),
            Argument(
                "what",
                .choice([
                    .init("state", "everything that is in the file"),
                    .init("weights", "weights and running statistics"),
                ]), "what to read", default: .text("state")),
            Argument("only", layerNames, "layers and blocks whose weights are read", isOptional: true),
            Argument("except", layerNames, "layers and blocks whose weights are not read", isOptional: true),
            Argument(
                "names",
                .choice([
                    .init("same", "as in the model"),
                    .init("order", "any: layers are found by the shapes of their weights, then by order"),
                ]), "the names in a file of weights", default: .text("same")),
        ],
        examples: [
            .init("save lenet.safetensors\nload lenet.safetensors", setup: trainedSetup),
            .init("save lenet.safetensors\nload lenet.safetensors except=dense1", setup: trainedSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let path = session.expand(call.text("file"))
    let selection = try call.layerSelection
    let matching: TensorMatching = call.text("names") == "order" ? .order : .names
    guard selection == .all, matching == .names, call.text("what") == "state" else {
        try session.loadWeights(path, of: call, selecting: selection, matching: matching)
        return .nothing
    }
    do {
        let state = try TrainingState.load(from: path, for: trainer.network, schedules: everySchedule)
        let declared = try session.resume(state)
        session.note(
            "`\(trainer.network.name)` goes on after epoch \(state.position.epoch), step \(state.position.step), with "
                + "\(session.settings.optimizer), schedule \(session.settings.schedule)")
        if !declared.isEmpty { session.note("as saved: \(declared.joined(separator: ", "))") }
        for warning in state.warnings { session.show(StyledText(warning.message, .warning)) }
        for difference in state.setup.differences(from: trainer.setup) {
            session.note(
                StyledText(
                    "\(difference.what): now \(difference.there), saved with \(difference.here)", .warning))
        }
    } catch CheckpointError.notATrainingState {
        try session.loadWeights(path, of: call, selecting: selection, matching: matching)
    }
    return .nothing
}

extension Call {
    /// The layers whose weights are read.
    fileprivate var layerSelection: TensorSelection {
        get throws(Refusal) {
            guard !(has("only") && has("except")) else { throw .onlyAndExcept }
            return has("only")
                ? TensorSelection(only: names("only")) : TensorSelection(except: names("except"))
        }
    }

    /// One name or a list of them; none if it was left out.
    private func names(_ argument: String) -> [String] {
        switch arguments[argument] {
        case .text(let name): [name]
        case .list(let names): names.compactMap { if case .text(let name) = $0 { name } else { nil } }
        default: []
        }
    }
}

extension Session {
    fileprivate func loadWeights(
        _ path: String, of call: Call, selecting selection: TensorSelection, matching: TensorMatching
    ) throws {
        let weights = TrainingState.weights(in: try TensorArchive.read(path))
        if let content = weights.metadata[contentKey], content != "weights" {
            throw Refusal.notWeights(file: call.text("file"), content: content)
        }
        let report = try startAfresh(from: weights, selecting: selection, matching: matching)
        let name = try requireTrainer().network.name
        let what = report.kept.isEmpty ? "the weights" : report.share
        note("`\(name)` has \(what) of \(call.text("file")) and starts training afresh")
        for remark in report.remarks { note(StyledText(remark, .faint)) }
        guard matching == .order else { return }
        show(report.table)
        if report.guesses > 0 {
            note(
                StyledText(
                    "\(Figures.count(report.guesses, "layer")) have shapes that others have too and were taken in order: "
                        + "check with `evaluate`", .warning))
        }
    }
}

extension ImportReport {
    /// Which layer of the file each layer of the model was read from.
    fileprivate var table: Table {
        Table(
            columns: [.init("model"), .init("file")],
            rows: layers.map { [StyledText($0.name), StyledText($0.source)] })
    }
}
