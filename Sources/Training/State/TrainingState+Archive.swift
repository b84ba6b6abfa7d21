import Networks
import Tensors

// How a training state lies in a safetensors file:
//   conv1.weight, bn1.running_mean, ...   in PyTorch's names, shapes and order: `load_state_dict` reads them
//   optimizer.momentum.conv1.weight, ...  the optimizer's slots, likewise
//   history.steps                         [steps, 3]: loss, accuracy, rate
// and everything else as JSON under the key "cairn" of the metadata (`StateRecord`).

extension TrainingState {
    private static let metadataKey = "cairn"
    private static let stepsName = "history.steps"

    /// Writes everything into one file, or leaves the old one as it was.
    package func save(to path: String) throws(CheckpointError) {
        var archive = TensorArchive(
            tensors: tensors.map { ($0.name, $0.exported) },
            metadata: ["format": "pt", Self.metadataKey: StateRecord(self).encoded])
        for (tensor, slots) in zip(tensors.filter(\.isTrained), optimizer.slots) {
            for (name, slot) in zip(optimizer.slotNames, slots.joined()) {
                archive.tensors.append((Self.slotName(name, of: tensor.name), tensor.layout.exported(slot)))
            }
        }
        archive.tensors.append((Self.stepsName, history.stepTensor))
        do {
            try archive.write(path)
        } catch {
            throw .archive(error)
        }
    }

    /// Reads a state of `network`, and checks everything before it believes it.
    package static func load(from path: String, for network: Network) throws(CheckpointError) -> TrainingState
    {
        let archive: TensorArchive
        do {
            archive = try TensorArchive.read(path)
        } catch {
            throw .archive(error)
        }
        guard let json = archive.metadata[metadataKey] else { throw .notATrainingState(path: path) }
        let record = try StateRecord(json, path: path)
        var reader = TensorReader(path: path, tensors: archive.named, skipped: archive.skipped)

        var tensors: [NamedTensor] = []
        for layer in network.layers {
            for parameter in layer.parameters {
                tensors.append(
                    NamedTensor(parameter, try reader.take(parameter.name, like: parameter), isTrained: true))
            }
            for buffer in layer.buffers {
                tensors.append(
                    NamedTensor(buffer, try reader.take(buffer.name, like: buffer), isTrained: false))
            }
        }
        var optimizer = try record.optimizer(for: network.parameters, path: path)
        for (index, parameter) in network.parameters.enumerated() {
            let slots = try optimizer.slotNames.map { (name) throws(CheckpointError) in
                try reader.take(slotName(name, of: parameter.name), like: parameter)
            }
            optimizer.fill(slots, ofParameter: index)
        }
        var history = RunHistory(stepTensor: try reader.take(stepsName, [record.position.step, 3]))
        try history.checkSteps(path: path)
        history.epochs = record.epochs
        try reader.checkEmpty()
        return TrainingState(
            tensors: tensors, optimizer: optimizer, schedule: try record.schedule(path: path),
            scheduleStart: record.scheduleStart, streams: record.streams, position: record.position,
            history: history, setup: record.setup)
    }

    /// What `state_dict()` holds: the archive of a state without the optimizer and the history, any other as it is.
    package static func weights(in archive: TensorArchive) -> TensorArchive {
        guard archive.metadata[metadataKey] != nil else { return archive }
        var weights = archive
        weights.tensors.removeAll { $0.name.hasPrefix("optimizer.") || $0.name == stepsName }
        return weights
    }

    static func slotName(_ slot: String, of parameter: String) -> String {
        "optimizer.\(slot).\(parameter)"
    }

    /// - Throws: `CheckpointError.otherModel`, of the first tensor that does not fit.
    func check(fits targets: [Parameter], of network: Network) throws(CheckpointError) {
        let found = Dictionary(
            tensors.map { ($0.name, $0.value.shape) }, uniquingKeysWith: { first, _ in first })
        for target in targets where found[target.name] != target.value.shape {
            throw .otherModel(
                model: network.name, name: target.name,
                found: found[target.name].map(target.layout.exportedShape),
                needed: target.layout.exportedShape(target.value.shape))
        }
        let names = Set(targets.map(\.name))
        if let surplus = tensors.first(where: { !names.contains($0.name) }) {
            throw .otherModel(
                model: network.name, name: surplus.name, found: surplus.value.shape, needed: nil)
        }
    }
}

/// Takes tensors out of a file one by one, so that what nobody asked for is left.
private struct TensorReader {
    let path: String
    var tensors: [String: Tensor]
    /// The types of what the file has beside floats, by name.
    let skipped: [String: String]

    /// The tensor of that name in a parameter's shape and order, as it lies in memory.
    mutating func take(_ name: String, like parameter: Parameter) throws(CheckpointError) -> Tensor {
        let shape = parameter.value.shape
        return parameter.layout.imported(try take(name, parameter.layout.exportedShape(shape)), as: shape)
    }

    mutating func take(_ name: String, _ shape: Shape) throws(CheckpointError) -> Tensor {
        if let type = skipped[name] { throw .tensorType(path: path, name: name, found: type) }
        guard let tensor = tensors.removeValue(forKey: name) else {
            throw .missingTensor(path: path, name: name)
        }
        guard tensor.shape == shape else {
            throw .tensorShape(path: path, name: name, found: tensor.shape, needed: shape)
        }
        return tensor
    }

    func checkEmpty() throws(CheckpointError) {
        guard let name = (Array(tensors.keys) + skipped.keys).min() else { return }
        throw .surplusTensor(path: path, name: name)
    }
}

extension RunHistory {
    /// `[steps, 3]`: loss, accuracy, rate.
    fileprivate var stepTensor: Tensor {
        Tensor([steps.count, 3], steps.flatMap { [$0.loss, $0.accuracy, $0.rate] })
    }

    fileprivate init(stepTensor: Tensor) {
        let scalars = stepTensor.scalars
        steps = stride(from: 0, to: scalars.count, by: 3).map {
            StepRecord(loss: scalars[$0], accuracy: scalars[$0 + 1], rate: scalars[$0 + 2])
        }
    }
}
