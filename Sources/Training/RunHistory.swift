/// What a run has measured so far.
package struct RunHistory: Hashable, Sendable {
    /// One for each update, in order.
    package internal(set) var steps: [StepRecord] = []
    /// One for each finished epoch, in order.
    package internal(set) var epochs: [EpochRecord] = []

    package init() {}
}

/// One update.
package struct StepRecord: Hashable, Sendable {
    /// Mean over the batch, before the update.
    package let loss: Float
    /// Of the batch, 0...1.
    package let accuracy: Float
    /// What the schedule made of the optimizer's rate.
    package let rate: Float
}

/// One epoch.
package struct EpochRecord: Hashable, Sendable, Codable {
    /// From 1.
    package let epoch: Int
    /// How many updates there had been in the run at its end.
    package let step: Int
    /// The mean over its images as they were trained on: with augmentation and dropout, and weights that changed
    /// meanwhile.
    package let trainLoss: Double
    /// 0...1, measured like `trainLoss`.
    package let trainAccuracy: Double
    /// At its end, by the names of `allMetrics`; none without validation images.
    package let validationMetrics: [String: Double]
    /// At its last step.
    package let rate: Double
    /// Spent on training, without validation.
    package let seconds: Double

    package let images: Int

    package var validationLoss: Double? { validationMetrics["loss"] }
    /// 0...1
    package var validationAccuracy: Double? { validationMetrics["accuracy"] }
    package var imagesPerSecond: Double { Pace(images: images, seconds: seconds).imagesPerSecond }
}
