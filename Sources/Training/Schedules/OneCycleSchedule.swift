import Glibc

/// Up to the optimizer's rate, down again and far below, once: PyTorch's `OneCycleLR` (Smith & Topin, 2018).
///
/// After its length the rate stays as it ended.
package struct OneCycleSchedule: Schedule {
    package static let kind = "onecycle"

    /// How the rate goes from one end to another.
    package enum Shape: String, Hashable, Sendable, Codable, CaseIterable { case cosine, linear }

    package let length: Int
    /// The share of the length that the rise takes.
    package let rise: Double
    /// How many times smaller the first rate is than the optimizer's.
    package let startDivisor: Double
    /// How many times smaller the last rate is than the first.
    package let endDivisor: Double
    package let shape: Shape
    /// Whether the fall to the first rate takes as long as the rise, and only then the rate falls further.
    package let hasThreePhases: Bool
    package let momentumCycle: MomentumCycle
    /// `.step`, or `.smooth` for a length in epochs.
    package let unit: ScheduleUnit
    package var warmup: Warmup

    package static let usualMomentum = 0.85...0.95

    package init(
        length: Int, by unit: ScheduleUnit = .smooth, rise: Double = 0.3, startDivisor: Double = 25,
        endDivisor: Double = 1e4, shape: Shape = .cosine, hasThreePhases: Bool = false,
        momentumCycle: MomentumCycle = MomentumCycle(Self.usualMomentum), warmup: Warmup = Warmup()
    ) {
        self.length = length
        self.unit = unit
        self.rise = rise
        self.startDivisor = startDivisor
        self.endDivisor = endDivisor
        self.shape = shape
        self.hasThreePhases = hasThreePhases
        self.momentumCycle = momentumCycle
        self.warmup = warmup
    }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        let first = base / startDivisor
        let last = first / endDivisor
        let (phase, share) = place(at: moment)
        return hasThreePhases
            ? [anneal(first, base, share), anneal(base, first, share), anneal(first, last, share)][phase]
            : [anneal(first, base, share), anneal(base, last, share)][phase]
    }

    package func momentum(at moment: ScheduleMoment) -> Double? {
        guard momentumCycle.isOn else { return nil }
        let (high, low) = (momentumCycle.highest, momentumCycle.lowest)
        let (phase, share) = place(at: moment)
        return [anneal(high, low, share), anneal(low, high, share), high][phase]
    }

    /// Which phase it is in, and how far.
    private func place(at moment: ScheduleMoment) -> (phase: Int, share: Double) {
        let steps = Double(unit == .step ? length : length * moment.stepsPerEpoch)
        let step = min(Double(unit == .step ? moment.step : moment.stepOfEpochs), steps - 1)
        let ends =
            hasThreePhases
            ? [rise * steps - 1, 2 * rise * steps - 2, steps - 1] : [rise * steps - 1, steps - 1]
        let phase = ends.firstIndex { step <= $0 } ?? ends.count - 1
        let start = phase == 0 ? 0 : ends[phase - 1]
        // A phase without length is at its end.
        return (phase, ends[phase] > start ? (step - start) / (ends[phase] - start) : 1)
    }

    private func anneal(_ start: Double, _ end: Double, _ share: Double) -> Double {
        switch shape {
        case .cosine: CosineSchedule.wave(from: start, to: end, at: share)
        case .linear: start + (end - start) * share
        }
    }

    package var settings: [Setting] {
        [
            Setting(unit.lengthName, length, in: 1...Warmup.longest, unit.lengthName),
            Setting("rise", rise, .share, usual: 0.3),
            Setting("start-divisor", startDivisor, .positive, usual: 25),
            Setting("end-divisor", endDivisor, .positive, usual: 1e4),
            Setting("shape", shape.rawValue, usual: Shape.cosine.rawValue),
            Setting("three-phases", hasThreePhases),
        ] + momentumCycle.settings(usual: Self.usualMomentum)
    }
}
