/// What a trainer tells while it trains.
package enum TrainingEvent: Sendable {
    case stepped(StepReport)
    /// The epoch, from 1, is trained through; so many of the validation images are done, from 0 to all of them.
    case validating(epoch: Int, done: Int, of: Int)
    case epochFinished(EpochRecord)
}

/// An update, for whoever watches.
package struct StepReport: Sendable {
    /// From 1.
    package let epoch: Int
    /// The epoch at which this call of `train` will end.
    package let lastEpoch: Int
    /// Updates in the whole run.
    package let step: Int
    /// Of this epoch, with this batch.
    package let imagesDone: Int
    package let imagesPerEpoch: Int
    /// Mean over the batch.
    package let loss: Double
    /// Of the batch, 0...1.
    package let accuracy: Double
    /// Mean over the epoch so far.
    package let epochLoss: Double
    /// Over the epoch so far, 0...1.
    package let epochAccuracy: Double
    package let rate: Double
    /// Of this call of `train`, without validation.
    package let imagesPerSecond: Double
    /// Until this call of `train` ends, at the pace so far.
    package let secondsLeft: Double

    /// Of the epoch, 0...1.
    package var fraction: Double { Double(imagesDone) / Double(imagesPerEpoch) }
}
