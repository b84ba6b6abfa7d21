import Glibc

/// Multiplies the rate by `factor` after every `every` epochs: `factor^floor(epoch / every)`, PyTorch's `StepLR`.
package struct StepSchedule: Schedule {
    package static let kind = "step"

    package let every: Int
    package let factor: Double
    package let unit: ScheduleUnit
    package var warmup: Warmup

    package init(
        every: Int, factor: Double = 0.1, by unit: ScheduleUnit = .epoch, warmup: Warmup = Warmup()
    ) {
        self.every = every
        self.factor = factor
        self.unit = unit
        self.warmup = warmup
    }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        base * pow(factor, (unit.time(at: moment) / Double(every)).rounded(.down))
    }

    package var settings: [Setting] {
        [
            Setting("every", every, in: 1...Warmup.longest, unit.lengthName),
            Setting("factor", factor, .positive), unit.setting(),
        ]
    }
}
