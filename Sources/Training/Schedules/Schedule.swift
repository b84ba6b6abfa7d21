/// How the rate changes over time, printed as the line that declares it: `step every=10 factor=0.5`.
///
/// Adding a schedule is one file in this folder and one line in `allSchedules`.
package protocol Schedule: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The command word.
    static var kind: String { get }
    /// What the optimizer's rate is multiplied by, so many epochs after the schedule began: at 2.5 it is half-way
    /// through the third.
    func factor(at epoch: Double) -> Double
    /// - Throws: `TrainingError.setting` for a number out of its range.
    func check() throws(TrainingError)
}

/// Every kind of schedule there is.
package let allSchedules: [any Schedule.Type] = [ConstantSchedule.self, StepSchedule.self]
