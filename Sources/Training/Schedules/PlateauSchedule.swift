/// Multiplies the rate by `factor` when a metric has not improved for more than `patience` epochs: PyTorch's
/// `ReduceLROnPlateau`.
package struct PlateauSchedule: Schedule {
    package static let kind = "plateau"

    /// What a threshold is measured by.
    package enum Threshold: String, Hashable, Sendable, Codable, CaseIterable {
        /// The best value so far.
        case relative
        case absolute
    }

    /// One of `EpochMetric.all`.
    package let metricName: String
    package let factor: Double
    /// Epochs without an improvement that are put up with.
    package let patience: Int
    /// What counts as an improvement.
    package let threshold: Double
    package let thresholdMode: Threshold
    /// Epochs after a reduction that do not count.
    package let cooldown: Int
    /// A rate.
    package let minimum: Double
    package var warmup: Warmup

    package init(
        metric: String = "loss", factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
        thresholdMode: Threshold = .relative, cooldown: Int = 0, minimum: Double = 0,
        warmup: Warmup = Warmup()
    ) {
        metricName = metric
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.thresholdMode = thresholdMode
        self.cooldown = cooldown
        self.minimum = minimum
        self.warmup = warmup
    }

    package var metric: EpochMetric? { EpochMetric.named(metricName) }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        let isHigherBetter = metric?.isHigherBetter ?? false
        var rate = base
        var best = isHigherBetter ? -Double.infinity : .infinity
        var (bad, cooling) = (0, 0)
        for epoch in moment.epochs {
            let value = metric?.value(epoch) ?? .nan
            let margin = isHigherBetter ? threshold : -threshold
            let limit = thresholdMode == .relative ? best * (1 + margin) : best + margin
            // NaN is never better.
            if isHigherBetter ? value > limit : value < limit {
                best = value
                bad = 0
            } else {
                bad += 1
            }
            if cooling > 0 {
                cooling -= 1
                bad = 0
            }
            if bad > patience {
                let reduced = max(rate * factor, minimum)
                // As PyTorch: a change of less than 1e-8 is none.
                if rate - reduced > 1e-8 { rate = reduced }
                cooling = cooldown
                bad = 0
            }
        }
        return rate
    }

    package var settings: [Setting] {
        [
            EpochMetric.setting(metricName), Setting("factor", factor, .shareBelowOne),
            Setting("patience", patience, in: 0...Warmup.longest, "epochs"),
            Setting("threshold", threshold, .nonNegative, usual: 1e-4),
            Setting("threshold-mode", thresholdMode.rawValue, usual: Threshold.relative.rawValue),
            Setting("cooldown", cooldown, in: 0...Warmup.longest, "epochs", usual: 0),
            Setting("minimum", minimum, .nonNegative, usual: 0),
        ]
    }
}
