import Glibc

/// Multiplies the rate by `factor` after each epoch, PyTorch's `ExponentialLR`.
package struct ExponentialSchedule: Schedule {
    package static let kind = "exponential"

    package let factor: Double
    package let unit: ScheduleUnit
    package var warmup: Warmup

    package init(factor: Double, by unit: ScheduleUnit = .epoch, warmup: Warmup = Warmup()) {
        self.factor = factor
        self.unit = unit
        self.warmup = warmup
    }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        base * pow(factor, unit.time(at: moment))
    }

    package var settings: [Setting] { [Setting("factor", factor, .positive), unit.setting()] }
}
