import Glibc

/// `base (1 - t / length)^power`, then 0: PyTorch's `PolynomialLR`.
package struct PolynomialSchedule: Schedule {
    package static let kind = "polynomial"

    package let length: Int
    package let power: Double
    package let unit: ScheduleUnit
    package var warmup: Warmup

    package init(
        length: Int, power: Double = 1, by unit: ScheduleUnit = .epoch, warmup: Warmup = Warmup()
    ) {
        self.length = length
        self.power = power
        self.unit = unit
        self.warmup = warmup
    }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        base * pow(max(1 - unit.time(at: moment) / Double(length), 0), power)
    }

    package var settings: [Setting] {
        [
            Setting("length", length, in: 1...Warmup.longest, unit.lengthName),
            Setting("power", power, .positive, usual: 1), unit.setting(),
        ]
    }
}
