import Glibc

/// Multiplies the rate by `factor` at each of some epochs, PyTorch's `MultiStepLR`.
package struct MultiStepSchedule: Schedule {
    package static let kind = "multistep"

    /// Rising.
    package let milestones: [Int]
    package let factor: Double
    package let unit: ScheduleUnit
    package var warmup: Warmup

    package init(
        at milestones: [Int], factor: Double = 0.1, by unit: ScheduleUnit = .epoch, warmup: Warmup = Warmup()
    ) {
        self.milestones = milestones
        self.factor = factor
        self.unit = unit
        self.warmup = warmup
    }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        let time = unit.time(at: moment)
        return base * pow(factor, Double(milestones.count { Double($0) <= time }))
    }

    package var settings: [Setting] {
        [
            Setting("at", rising: milestones, in: 1...Warmup.longest, unit.lengthName),
            Setting("factor", factor, .positive), unit.setting(),
        ]
    }
}
