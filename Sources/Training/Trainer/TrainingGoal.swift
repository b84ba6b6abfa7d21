/// Where a call of `train` ends, counted from the start of the run.
package enum TrainingGoal: Hashable, Sendable {
    /// With the end of so many epochs.
    case epoch(Int)
    /// After so many updates.
    case step(Int)

    var step: Int? {
        if case .step(let step) = self { step } else { nil }
    }
}
