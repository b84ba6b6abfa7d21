import Training

/// Means over an epoch.
struct EpochSoFar {
    let loss: Double
    /// 0...1
    let accuracy: Double
    let imagesPerSecond: Double
}

extension Trainer {
    /// Of the epoch in hand, or of the last one if none has begun; nil before the first step.
    var epochSoFar: EpochSoFar? {
        if position.image > 0 {
            return EpochSoFar(
                loss: position.meanLoss, accuracy: position.accuracy,
                imagesPerSecond: position.imagesPerSecond)
        }
        return history.epochs.last.map {
            EpochSoFar(
                loss: $0.trainLoss, accuracy: $0.trainAccuracy, imagesPerSecond: $0.imagesPerSecond)
        }
    }

    /// Of all epochs, without validation.
    var secondsTrained: Double { history.epochs.reduce(position.seconds) { $0 + $1.seconds } }
}
