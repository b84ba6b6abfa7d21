/// What a schedule's lengths count, and when it changes the rate.
package enum ScheduleUnit: String, Hashable, Sendable, Codable, CaseIterable {
    /// Lengths are epochs; the rate changes between epochs, as if PyTorch's scheduler were stepped after each.
    case epoch
    /// Lengths are steps; the rate changes with each step.
    case step
    /// Lengths are epochs; the rate changes with each step.
    case smooth

    /// How far the schedule has come.
    func time(at moment: ScheduleMoment) -> Double {
        switch self {
        case .epoch: Double(moment.epoch)
        case .step: Double(moment.step)
        case .smooth: moment.fractionalEpoch
        }
    }

    /// `epochs` or `steps`.
    var lengthName: String { self == .step ? "steps" : "epochs" }

    /// How it is printed where another is usual.
    func setting(usual: ScheduleUnit = .epoch) -> Setting { Setting("by", rawValue, usual: usual.rawValue) }
}
