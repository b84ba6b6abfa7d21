import Datasets
import Networks

/// How a call of `train` ended.
package struct TrainingOutcome: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case finished
        /// `shouldStop` said so. Everything is kept; the next `train` finishes the epoch first.
        case stopped
        /// It got no better for too long. The weights are those of the best epoch.
        case stoppedEarly(EarlyStop)
        /// The schedule gave a rate that is negative, infinite or NaN. Everything is kept.
        case unusableRate(Double)
        /// A loss or gradient was NaN or infinite. The update was not applied.
        case diverged(Divergence)
        /// An image cannot be read. Everything is kept; the next `train` tries again.
        case unreadable(DatasetError)
        /// An inspector's breakpoints, by their numbers. Everything is kept, and the step can be looked at.
        case paused(by: [Int])
        /// The time that the call was given is over. Everything is kept; the next `train` finishes the epoch first.
        case outOfBudget
    }

    package let reason: Reason
    /// Where the run stands.
    package let position: TrainingPosition
    package let imagesPerEpoch: Int
    /// Which of `history.epochs` this call finished.
    package let epochs: Range<Int>
    /// Which of `history.steps` this call made.
    package let steps: Range<Int>
}

/// What stopped being a finite number, where that first appeared, and at which update.
package struct Divergence: Hashable, Sendable {
    package enum Quantity: Hashable, Sendable { case loss, gradient }

    package let quantity: Quantity
    /// Nil if all that the loss was computed from is finite.
    package let origin: NonFinite?
    /// The update that was not applied, from 1.
    package let step: Int
    /// From 1.
    package let epoch: Int
}
