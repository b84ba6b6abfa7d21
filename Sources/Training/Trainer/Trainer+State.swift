import Networks
import Tensors

extension Trainer {
    /// Everything that training changes, as it was after the last update.
    package var state: TrainingState {
        let values = network.buffers.enumerated().map { index, buffer in
            phase == .ready ? buffer.value : buffersBefore[index]
        }
        return TrainingState(
            tensors: zip(network.parameters + network.buffers, network.parameters.map(\.value) + values).map {
                NamedTensor(name: $0.name, layout: $0.layout, value: $1)
            },
            optimizer: optimizer, schedule: schedule, scheduleStart: scheduleStart, streams: streams,
            position: position, history: history, setup: setup)
    }

    /// Goes back, or on, to a state of the same model: training continues from it as if nothing else had been.
    ///
    /// - Throws: `CheckpointError` if it is of another model or of other data; then nothing has changed.
    package func restore(_ state: TrainingState) throws(CheckpointError) {
        let targets = network.parameters + network.buffers
        try state.check(fits: targets)
        guard state.position.image <= dataset.train.count else {
            throw CheckpointError(.position(image: state.position.image, images: dataset.train.count))
        }
        phase = .ready
        dropBatches()
        for (target, tensor) in zip(targets, state.tensors) { target.value = tensor.value }
        optimizer = state.optimizer
        resume(state.schedule, start: state.scheduleStart)
        streams = state.streams
        position = state.position
        history = state.history
    }

    /// What this run is made of, to compare with a state's.
    package var setup: TrainingSetup {
        TrainingSetup(
            layers: network.layers.map { "\($0.layer)" }, data: dataset.name, images: dataset.train.count,
            normalization: normalization.isOff
                ? "off" : "mean=\(normalization.mean) deviation=\(normalization.deviation)",
            augmentations: augmentations.stages.map { "\($0)" }, batchSize: batchSize)
    }
}
