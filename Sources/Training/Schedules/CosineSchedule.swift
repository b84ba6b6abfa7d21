import Glibc

/// Half a wave from the rate down to `minimum`, and up again after `length`: PyTorch's `CosineAnnealingLR`
/// (Loshchilov & Hutter, 2017).
package struct CosineSchedule: Schedule {
    package static let kind = "cosine"

    package let length: Int
    /// A rate.
    package let minimum: Double
    package let unit: ScheduleUnit
    package var warmup: Warmup

    package init(
        length: Int, minimum: Double = 0, by unit: ScheduleUnit = .epoch, warmup: Warmup = Warmup()
    ) {
        self.length = length
        self.minimum = minimum
        self.unit = unit
        self.warmup = warmup
    }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        Self.wave(from: base, to: minimum, at: unit.time(at: moment) / Double(length))
    }

    /// From `high` at 0 to `low` at 1.
    static func wave(from high: Double, to low: Double, at share: Double) -> Double {
        low + (high - low) * (1 + cos(.pi * share)) / 2
    }

    package var settings: [Setting] {
        [
            Setting("length", length, in: 1...Warmup.longest, unit.lengthName),
            Setting("minimum", minimum, .nonNegative, usual: 0), unit.setting(),
        ]
    }
}
