/// A linear rise before a schedule begins, with each step: PyTorch's `LinearLR` in a `SequentialLR`.
package struct Warmup: Hashable, Sendable, Codable {
    /// In the schedule's unit; 0 for none.
    package var length: Int
    /// The share of the schedule's first rate that the rise starts from.
    package var start: Double

    package init(length: Int = 0, start: Double = Self.usualStart) {
        self.length = length
        self.start = start
    }

    /// PyTorch's `start_factor`.
    package static let usualStart = 1.0 / 3

    /// What the schedule's first rate is multiplied by; nil when the rise is over.
    func factor(at moment: ScheduleMoment, _ unit: ScheduleUnit) -> Double? {
        let time = unit == .step ? Double(moment.step) : moment.fractionalEpoch
        guard time < Double(length) else { return nil }
        return start + (1 - start) * time / Double(length)
    }

    /// The moment on the clock of a schedule that begins when the rise is over.
    func after(_ moment: ScheduleMoment, _ unit: ScheduleUnit) -> ScheduleMoment {
        guard length > 0 else { return moment }
        let isOver = factor(at: moment, unit) == nil
        guard isOver else { return ScheduleMoment(stepsPerEpoch: moment.stepsPerEpoch) }
        return unit == .step ? moment.dropping(steps: length) : moment.dropping(epochs: length)
    }

    func settings(_ unit: ScheduleUnit) -> [Setting] {
        [
            Setting("warmup", length, in: 0...Self.longest, unit.lengthName, usual: 0),
            Setting("warmup-start", start, .share, usual: Self.usualStart),
        ]
    }

    /// Of a warm-up, and of any length in a schedule.
    package static let longest = 1_000_000_000
}
