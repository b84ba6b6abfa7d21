/// Half a wave from the rate down to `minimum`, then from the start again, each time `stretch` times as long:
/// PyTorch's `CosineAnnealingWarmRestarts` (Loshchilov & Hutter, 2017).
package struct RestartSchedule: Schedule {
    package static let kind = "restarts"

    /// Of the first wave.
    package let length: Int
    package let stretch: Int
    /// A rate.
    package let minimum: Double
    package let unit: ScheduleUnit
    package var warmup: Warmup

    package init(
        length: Int, stretch: Int = 1, minimum: Double = 0, by unit: ScheduleUnit = .epoch,
        warmup: Warmup = Warmup()
    ) {
        self.length = length
        self.stretch = stretch
        self.minimum = minimum
        self.unit = unit
        self.warmup = warmup
    }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        var time = unit.time(at: moment)
        var wave = Double(length)
        if stretch == 1 {
            time.formTruncatingRemainder(dividingBy: wave)
        } else {
            while time >= wave {
                time -= wave
                wave *= Double(stretch)
            }
        }
        return CosineSchedule.wave(from: base, to: minimum, at: time / wave)
    }

    package var settings: [Setting] {
        [
            Setting("length", length, in: 1...Warmup.longest, unit.lengthName),
            Setting("stretch", stretch, in: 1...1000, "times", usual: 1),
            Setting("minimum", minimum, .nonNegative, usual: 0), unit.setting(),
        ]
    }
}
