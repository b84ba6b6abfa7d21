import Glibc

/// Multiplies the rate by `factor` after every `every` epochs: `factor^floor(epoch / every)`, PyTorch's `StepLR`.
package struct StepSchedule: Schedule {
    package static let kind = "step"

    /// In epochs.
    package let every: Int
    package let factor: Double

    package init(every: Int, factor: Double = 0.1) {
        self.every = every
        self.factor = factor
    }

    package func factor(at epoch: Double) -> Double { pow(factor, (epoch / Double(every)).rounded(.down)) }

    package func check() throws(TrainingError) {
        guard every >= 1 else { throw .setting("every", found: "\(every)", allowed: "1 epoch or more") }
        try Training.check("factor", factor, factor > 0, "more than 0")
    }

    package var description: String { "step every=\(every) factor=\(factor)" }
}
