import Datasets
import Networks
import Tensors

extension Trainer {
    /// Which part of a step comes next.
    package enum Phase: Hashable, Sendable {
        /// `forward`
        case ready
        /// `backward`: activations and the loss are there.
        case forwarded
        /// `update`: gradients are there.
        case backpropagated
    }

    /// What a step is made of.
    package enum StepPart: String, CaseIterable, Sendable { case forward, backward, update }

    /// Whether the epoch in hand has images left to train on.
    package var hasBatch: Bool { position.image < dataset.train.count }

    /// Gets the next batch and runs it through the network in training mode.
    ///
    /// - Throws: `DatasetError` if an image of the batch cannot be read; then nothing has changed.
    /// - Precondition: `phase` is `.ready`, and `hasBatch`.
    @discardableResult
    package func forward() throws(DatasetError) -> BatchResult {
        precondition(phase == .ready && hasBatch, "a step begins with a batch")
        let batch = try takeBatch()
        for (index, buffer) in network.buffers.enumerated() { buffersBefore[index].assign(buffer.value) }
        executor.forward(
            batch.images, count: batch.count,
            mode: .training(dropout: streams.dropout.derived(UInt64(position.step))))
        keepFrozenStatistics()
        let result = executor.computeLoss(labels: batch.labels, mix: batch.mix)
        self.result = result
        holdsStep = true
        phase = .forwarded
        return result
    }

    /// Computes the gradient of the batch's mean loss: afterwards each parameter's `gradient` is that and no more.
    ///
    /// - Precondition: `phase` is `.forwarded`.
    package func backward() {
        precondition(phase == .forwarded, "a forward pass comes first")
        network.zeroGradients()
        executor.backward()
        gradientNorm = measureGradientNorm()
        phase = .backpropagated
    }

    /// Changes the parameters, writes the step down in the history and moves on to the next batch. Gradients and
    /// activations can still be looked at; what the parameters were, only if it is kept, which costs a copy.
    ///
    /// - Precondition: `phase` is `.backpropagated`.
    package func update(keepingValues: Bool = false) {
        guard phase == .backpropagated, let result else { preconditionFailure("a backward pass comes first") }
        valuesBeforeUpdate = keepingValues ? network.parameters.map(\.value) : nil
        let (rate, moment) = (rate, moment)
        updateParameters(rate: rate, at: moment)
        history.steps.append(
            StepRecord(
                loss: Float(result.meanLoss), accuracy: Float(result.accuracy), rate: Float(rate),
                gradientNorm: Float(gradientNorm)))
        position.step += 1
        position.image += result.count
        position.totals.lossSum += result.lossSum
        position.totals.lossWeight += result.lossWeight
        position.totals.correct += result.correct
        position.totals.labels += result.rows
        position.totals.rate = rate
        average?.add(network.parameters, finishedEpoch: hasBatch ? nil : position.epoch + 1)
        batch = nil
        phase = .ready
    }

    /// Takes back a step that has not come to its update, as if it had not begun. The batch stays for the next one.
    package func rewind() {
        guard phase != .ready else { return }
        for (index, buffer) in network.buffers.enumerated() { buffer.value.assign(buffersBefore[index]) }
        phase = .ready
    }

    /// Forgets the batches made ahead: they are to be made anew, in another way.
    func dropBatches() {
        rewind()
        average?.forgetStatistics()
        holdsStep = false
        valuesBeforeUpdate = nil
        batch = nil
        loader = nil
    }

    private func takeBatch() throws(DatasetError) -> Batch {
        if let batch { return batch }
        let loader = loader ?? makeLoader()
        self.loader = loader
        do throws(DatasetError) {
            guard let batch = try loader.next() else {
                preconditionFailure("the loader knows the end of the epoch")
            }
            self.batch = batch
            return batch
        } catch {
            // So that the next try reads the image again: the file may be mended meanwhile.
            self.loader = nil
            throw error
        }
    }

    private func makeLoader() -> BatchLoader {
        let epoch = UInt64(position.epoch)
        let order = sampling.order(
            of: dataset.train, classes: dataset.classes.count, streams.shuffle.derived(epoch))
        return BatchLoader(
            dataset.train, normalization: normalization, augmentations: augmentations,
            augment: streams.augment.derived(epoch), order: order, batchSize: batchSize,
            startingAt: position.image)
    }
}
