import Training

/// A configuration that is being tried, and what came of it.
package struct Trial: Sendable {
    /// How it stands.
    package enum State: Hashable, Sendable {
        /// Not trained yet, or not as long as its rung wants.
        case waiting
        /// Trained for as long as was asked.
        case finished
        /// Given up by halving after so many epochs, because others were better.
        case droppedOut
        /// NaN or infinite in training.
        case diverged
        /// It could not be trained: why.
        case failed(String)
    }

    /// From 1.
    package let number: Int
    package let configuration: Configuration
    package internal(set) var state = State.waiting
    /// Epochs that every seed has had.
    package internal(set) var epochs = 0
    /// The metric of each seed at the end of those epochs.
    package internal(set) var scores: [Double] = []
    /// Whether all of it was known from an earlier call.
    package internal(set) var isRemembered = false

    /// The mean over the seeds; nil before the first epochs, and for what failed.
    package var score: Double? {
        switch state {
        case .diverged, .failed: return nil
        case .waiting, .finished, .droppedOut:
            guard !scores.isEmpty else { return nil }
            let mean = scores.reduce(0, +) / Double(scores.count)
            return mean.isNaN ? nil : mean
        }
    }
}

extension Metric {
    /// The better trial first: by epochs in halving's later rungs, then by score; what has none comes last, in the order
    /// of the trials.
    package func ranked(_ trials: [Trial]) -> [Trial] {
        trials.sorted { a, b in
            guard let scoreA = a.score, let scoreB = b.score else {
                return (a.score == nil ? 1 : 0, a.number) < (b.score == nil ? 1 : 0, b.number)
            }
            if a.epochs != b.epochs { return a.epochs > b.epochs }
            if scoreA != scoreB { return isBetter(scoreA, than: scoreB) }
            return a.number < b.number
        }
    }
}
