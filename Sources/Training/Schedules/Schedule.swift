/// How the rate changes over time, printed as the line that declares it: `step every=10 factor=0.5`.
///
/// A function of where training stands and of what its epochs measured, without a memory of its own: a run that is
/// resumed has the same rates. Adding a schedule is one file in this folder and one line in `allSchedules`.
package protocol Schedule: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The command word.
    static var kind: String { get }
    /// What comes before it, the same for every schedule.
    var warmup: Warmup { get set }
    /// What its own lengths count, and so that of its warm-up.
    var unit: ScheduleUnit { get }
    /// The metric of the finished epochs that it follows, so that it cannot be told ahead; nil for none.
    var metric: EpochMetric? { get }
    /// Its own numbers, in the order in which they are printed.
    var settings: [Setting] { get }
    /// The rate after its warm-up, where the optimizer, or the layer, has the rate `base`.
    func rate(from base: Double, at moment: ScheduleMoment) -> Double
    /// What it wants in place of the optimizer's momentum, or first beta; nil for the optimizer's own.
    func momentum(at moment: ScheduleMoment) -> Double?
    /// - Throws: `TrainingError.setting` for a number out of its range.
    func check() throws(TrainingError)
}

extension Schedule {
    package var unit: ScheduleUnit { .epoch }
    package var metric: EpochMetric? { nil }
    package func momentum(at moment: ScheduleMoment) -> Double? { nil }

    package func check() throws(TrainingError) { try (settings + warmup.settings(unit)).check() }

    package var description: String {
        let line = (settings + warmup.settings(unit)).line
        return Self.kind + (line.isEmpty ? "" : " \(line)")
    }

    /// The rate of the next step.
    package func currentRate(from base: Double, at moment: ScheduleMoment) -> Double {
        guard let factor = warmup.factor(at: moment, unit) else {
            return rate(from: base, at: warmup.after(moment, unit))
        }
        return factor * rate(from: base, at: ScheduleMoment(stepsPerEpoch: moment.stepsPerEpoch))
    }

    /// What it wants the momentum of the next step to be; nil for the optimizer's own.
    package func currentMomentum(at moment: ScheduleMoment) -> Double? {
        momentum(at: warmup.after(moment, unit))
    }
}

/// Every kind of schedule there is in this module.
package let allSchedules: [any Schedule.Type] = [
    ConstantSchedule.self, StepSchedule.self, MultiStepSchedule.self, ExponentialSchedule.self,
    PolynomialSchedule.self, CosineSchedule.self, RestartSchedule.self, OneCycleSchedule.self,
    CyclicSchedule.self, PlateauSchedule.self,
]
