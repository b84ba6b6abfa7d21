import Networks
import Tensors

extension Trainer {
    /// Everything that training changes, as it was after the last update.
    package var state: TrainingState {
        var buffersBefore = buffersBefore.makeIterator()
        return TrainingState(
            tensors: network.layers.flatMap { layer in
                layer.parameters.map { NamedTensor($0, $0.value, isTrained: true) }
                    + layer.buffers.map { buffer in
                        let before = buffersBefore.next()
                        let value = phase == .ready ? buffer.value : before ?? buffer.value
                        return NamedTensor(buffer, value, isTrained: false)
                    }
            },
            optimizer: optimizer, schedule: schedule, scheduleStart: scheduleStart, clipping: clipping,
            layerRates: layerRates, average: average, stopping: stopping, streams: streams,
            position: position, history: history, setup: setup)
    }

    /// Goes back, or on, to a state of the same model: training continues from it as if nothing else had been.
    ///
    /// - Throws: `CheckpointError` if it is of another model or of other data; then nothing has changed.
    package func restore(_ state: TrainingState) throws(CheckpointError) {
        let targets = network.layers.flatMap { $0.parameters + $0.buffers }
        try state.check(fits: targets, of: network)
        guard state.position.image <= dataset.train.count else {
            throw .position(image: state.position.image, images: dataset.train.count)
        }
        dropBatches()
        for (target, tensor) in zip(targets, state.tensors) { target.value = tensor.value }
        resume(state)
    }

    /// What this run is made of, to compare with a state's.
    package var setup: TrainingSetup {
        TrainingSetup(
            layers: network.declaration.map { "\($0)" }, data: dataset.name,
            images: dataset.train.count, normalization: "\(normalization)",
            augmentations: augmentations.stages.map { "\($0)" }, batchSize: batchSize,
            convolution: convolution.rawValue, loss: "\(loss)", sampling: "\(sampling)")
    }
}
