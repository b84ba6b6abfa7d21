import Datasets
import Networks

extension Trainer {
    /// Lets `body` train, and then takes everything back: weights, statistics, optimizer, streams, position, history
    /// and batch size are the same bits as before. A step in hand is taken back first.
    package func experiment<Result, Failure: Error>(
        _ body: (Trainer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        rewind()
        let (state, batchSize) = (state, batchSize)
        defer {
            triedRate = nil
            do {
                if self.batchSize != batchSize { try change(batchSize: batchSize) }
                try restore(state)
            } catch {
                preconditionFailure("a trainer's own state and batch size fit it: \(error)")
            }
        }
        return try body(self)
    }

    /// Draws order, augmentation and dropout from another seed; for experiments.
    package func reseed(_ seed: UInt64) {
        streams = RandomStreams(seed: seed)
        dropBatches()
    }

    /// One update, at a rate of its own if one is given; after an epoch's last batch comes the next epoch's first,
    /// without a validation. For experiments: the epochs are not written down.
    ///
    /// Nil if the loss or a gradient is not a finite number; then nothing has changed.
    ///
    /// - Throws: `DatasetError` if an image cannot be read.
    package func tryStep(rate: Double? = nil) throws(DatasetError) -> BatchResult? {
        if !hasBatch {
            position.epoch += 1
            position.image = 0
            position.totals = EpochTotals()
            loader = nil
        }
        triedRate = rate
        return try finishStep() == nil ? result : nil
    }
}
