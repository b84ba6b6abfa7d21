import Networks
import Tensors

// How a training state lies in a safetensors file:
//   conv1.weight, bn1.running_mean, ...   in PyTorch's names, shapes and order: `load_state_dict` reads them
//   optimizer.momentum.conv1.weight, ...  the optimizer's slots, likewise
//   average.conv1.weight, ...             averaged weights, if there are any, likewise
//   best.conv1.weight, ...                what early stopping would go back to, likewise; with best.average. ...
//   history.steps                         [steps, 4]: loss, accuracy, rate, norm of the gradients
// and everything else as JSON under the key "cairn" of the metadata (`StateRecord`).

extension TrainingState {
    private static let metadataKey = "cairn"
    private static let stepsName = "history.steps"
    private static let slotPrefix = "optimizer."
    private static let averagePrefix = "average."
    private static let bestPrefix = "best."

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
        let parameters = tensors.filter(\.isTrained)
        archive.append(average?.values ?? [], of: parameters, prefix: Self.averagePrefix)
        if let best = stopping?.best {
            archive.append(
                best.tensors, of: parameters + tensors.filter { !$0.isTrained }, prefix: Self.bestPrefix)
            archive.append(
                best.average?.values ?? [], of: parameters, prefix: Self.bestPrefix + Self.averagePrefix)
        }
        archive.tensors.append((Self.stepsName, history.stepTensor))
        do {
            try archive.write(path)
        } catch {
            throw .archive(error)
        }
    }

    /// Reads a state of `network`, trained with one of these kinds of schedules, and checks everything before it
    /// believes it.
    package static func load(
        from path: String, for network: Network, schedules: [any Schedule.Type] = allSchedules
    ) throws(CheckpointError) -> TrainingState {
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
        let average = try record.average.map { (saved) throws(CheckpointError) in
            try reader.average(saved, of: network, prefix: averagePrefix)
        }
        let stopping = try record.stopping.map { (saved) throws(CheckpointError) in
            try StoppingWatch(
                saved.settings,
                best: saved.best.map { (best) throws(CheckpointError) in
                    StoppingWatch.Best(
                        epoch: best.epoch, value: best.value,
                        tensors: try reader.take(
                            network.parameters + network.buffers, prefix: bestPrefix),
                        average: try best.average.map { (saved) throws(CheckpointError) in
                            try reader.average(saved, of: network, prefix: bestPrefix + averagePrefix)
                        })
                }, epochsWithout: saved.epochsWithout)
        }
        var history = RunHistory(stepTensor: try reader.take(stepsName, [record.position.step, 4]))
        try history.checkSteps(path: path)
        history.epochs = record.epochs
        try reader.checkEmpty()
        return TrainingState(
            tensors: tensors, optimizer: optimizer,
            schedule: try record.schedule(among: schedules, path: path),
            scheduleStart: record.scheduleStart, clipping: record.clipping,
            layerRates: try record.layerRates(of: network, path: path), average: average, stopping: stopping,
            streams: record.streams, position: record.position, history: history, setup: record.setup)
    }

    /// What `state_dict()` holds: the archive of a state without all else that is in it, any other as it is.
    package static func weights(in archive: TensorArchive) -> TensorArchive {
        guard archive.metadata[metadataKey] != nil else { return archive }
        var weights = archive
        weights.tensors.removeAll { name, _ in
            name == stepsName || [slotPrefix, averagePrefix, bestPrefix].contains { name.hasPrefix($0) }
        }
        return weights
    }

    static func slotName(_ slot: String, of parameter: String) -> String {
        "\(slotPrefix)\(slot).\(parameter)"
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

    mutating func take(_ parameters: [Parameter], prefix: String) throws(CheckpointError) -> [Tensor] {
        try parameters.map { (parameter) throws(CheckpointError) in
            try take(prefix + parameter.name, like: parameter)
        }
    }

    mutating func average(
        _ saved: StateRecord.Average, of network: Network, prefix: String
    ) throws(CheckpointError) -> WeightAverage {
        WeightAverage(
            saved.settings, start: saved.start, count: saved.count,
            values: saved.count > 0 ? try take(network.parameters, prefix: prefix) : [])
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

extension TensorArchive {
    /// Adds values under a prefix and the names of what they are values of.
    fileprivate mutating func append(_ values: [Tensor], of named: [NamedTensor], prefix: String) {
        for (value, named) in zip(values, named) {
            tensors.append((prefix + named.name, named.layout.exported(value)))
        }
    }
}

extension RunHistory {
    /// `[steps, 4]`: loss, accuracy, rate, norm of the gradients.
    var stepTensor: Tensor {
        Tensor([steps.count, 4], steps.flatMap { [$0.loss, $0.accuracy, $0.rate, $0.gradientNorm] })
    }

    init(stepTensor: Tensor) {
        let scalars = stepTensor.scalars
        steps = stride(from: 0, to: scalars.count, by: 4).map {
            StepRecord(
                loss: scalars[$0], accuracy: scalars[$0 + 1], rate: scalars[$0 + 2],
                gradientNorm: scalars[$0 + 3])
        }
    }
}
