/// Where a call of `train` ends, counted from the start of the run.
package enum TrainingGoal: Hashable, Sendable {
    /// With the end of so many epochs.
    case epoch(Int)
    /// After so many updates.
    case step(Int)

    package func isReached(by position: TrainingPosition) -> Bool {
        switch self {
        case .epoch(let epoch): position.epoch >= epoch
        case .step(let step): position.step >= step
        }
    }

    var step: Int? {
        if case .step(let step) = self { step } else { nil }
    }
}
