import Datasets
import Networks
import Tensors

extension Trainer {
    /// Begins an average of the weights, or ends it with nil.
    ///
    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(averaging: Averaging?) throws(TrainingError) {
        try averaging?.check()
        average = averaging.map { WeightAverage($0, start: position.epoch) }
        stopping?.forget()
    }

    /// Calls `body` with the averaged weights in the network, if there are any. Takes back a step in hand.
    ///
    /// Nil if `shouldStop` said so while their running statistics were measured.
    package func withAveragedWeights<R>(
        shouldStop: () -> Bool, _ body: () throws(DatasetError) -> R?
    ) throws(DatasetError) -> R? {
        rewind()
        return try withAverage(on: { executor }, shouldStop, body)
    }

    /// Calls `body` with the network as evaluation has it: averaged weights if there are any, and running statistics
    /// from before a step in hand. Afterwards everything is as it was, the step in hand too: `body` brings an executor of
    /// its own.
    ///
    /// Nil if `shouldStop` said so while running statistics were measured.
    package func inspect<R>(
        shouldStop: () -> Bool = { false }, _ body: () throws(DatasetError) -> R?
    ) throws(DatasetError) -> R? {
        let own = network.buffers.map(\.value)
        if phase != .ready {
            for (buffer, before) in zip(network.buffers, buffersBefore) { buffer.value = before }
        }
        defer { for (buffer, value) in zip(network.buffers, own) { buffer.value = value } }
        return try withAverage(on: { makeSpareExecutor() }, shouldStop, body)
    }

    /// Like the trainer's own, which keeps its step.
    package func makeSpareExecutor(
        batchSize: Int? = nil, givesInputGradient: Bool = false, watching layer: Int? = nil
    ) -> Executor {
        Executor(
            network, loss: executor.loss, batchSize: batchSize ?? executor.batchSize,
            convolution: convolution,
            givesInputGradient: givesInputGradient, watching: layer, workers: workers)
    }

    private func withAverage<R>(
        on executor: () -> Executor, _ shouldStop: () -> Bool, _ body: () throws(DatasetError) -> R?
    ) throws(DatasetError) -> R? {
        guard average?.isEmpty == false else { return try body() }
        guard try measureStatistics(on: executor, shouldStop) else { return nil }
        average?.exchange(with: network)
        defer { average?.exchange(with: network) }
        return try body()
    }

    /// Measures the running statistics of the averaged weights if they are not known, or says that it was stopped.
    ///
    /// As PyTorch's `update_bn`: the mean over the batches of one pass through the training images, in training mode.
    private func measureStatistics(
        on executor: () -> Executor, _ shouldStop: () -> Bool
    ) throws(DatasetError) -> Bool {
        guard average?.lacksStatistics == true, !network.buffers.isEmpty else { return true }
        let own = network.buffers.map(\.value)
        average?.exchange(with: network)
        defer {
            for (buffer, value) in zip(network.buffers, own) { buffer.value = value }
        }
        var isWhole = false
        do throws(DatasetError) {
            isWhole = try passTrainingImages(on: executor(), shouldStop)
        } catch {
            average?.exchange(with: network)
            throw error
        }
        average?.exchange(with: network)
        if isWhole { average?.setStatistics(network.buffers.map(\.value)) }
        return isWhole
    }

    private func passTrainingImages(
        on executor: Executor, _ shouldStop: () -> Bool
    ) throws(DatasetError) -> Bool {
        let loader = BatchLoader(
            dataset.train, normalization: normalization, order: .sequential, batchSize: executor.batchSize)
        // No step of the run has this number.
        let dropout = streams.dropout.derived(.max)
        var count = 0
        while let batch = try loader.next() {
            executor.forward(
                batch.images, count: batch.count, mode: .training(dropout: dropout.derived(UInt64(count))),
                statisticsMomentum: 1 / Double(count + 1))
            count += 1
            if shouldStop() { return false }
        }
        return true
    }
}
