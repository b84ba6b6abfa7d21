/// How far a run has come.
package struct TrainingPosition: Hashable, Sendable, Codable {
    /// Finished, with their validation.
    package internal(set) var epoch = 0
    /// Updates.
    package internal(set) var step = 0
    /// Images of the current epoch's order that have been trained on: where it goes on.
    package internal(set) var image = 0
    /// Of those images: what the epoch's record will be made of.
    var totals = EpochTotals()

    package init() {}

    /// Mean over the images of the epoch that have been trained on.
    package var meanLoss: Double { totals.meanLoss }
    /// Likewise; 0...1.
    package var accuracy: Double { totals.accuracy }
    /// Spent on them.
    package var seconds: Double { totals.seconds }
    package var imagesPerSecond: Double { Pace(images: image, seconds: totals.seconds).imagesPerSecond }
}

/// Sums over the part of an epoch that is done.
struct EpochTotals: Hashable, Sendable, Codable {
    var lossSum = 0.0
    /// What the labels weigh together.
    var lossWeight = 0.0
    var correct = 0
    /// Labels: one for each image, or for each of its pixels.
    var labels = 0
    var seconds = 0.0
    /// The last step's.
    var rate = 0.0

    /// 0 if all labels weigh nothing.
    var meanLoss: Double { lossWeight > 0 ? lossSum / lossWeight : lossSum }
    /// 0...1
    var accuracy: Double { labels > 0 ? Double(correct) / Double(labels) : 0 }
}
