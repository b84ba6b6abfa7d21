/// The momentum of a schedule that moves it against the rate: least where the rate is largest.
package struct MomentumCycle: Hashable, Sendable, Codable {
    /// Whether the optimizer's own momentum is replaced.
    package var isOn: Bool
    package var lowest: Double
    package var highest: Double

    package init(lowest: Double, highest: Double, isOn: Bool = true) {
        self.lowest = lowest
        self.highest = highest
        self.isOn = isOn
    }

    package init(_ range: ClosedRange<Double>) {
        self.init(lowest: range.lowerBound, highest: range.upperBound)
    }

    func settings(usual: ClosedRange<Double>) -> [Setting] {
        [
            Setting("cycle-momentum", isOn, usual: true),
            Setting("lowest-momentum", lowest, .shareBelowOne, usual: usual.lowerBound),
            Setting("highest-momentum", highest, .shareBelowOne, usual: usual.upperBound),
        ]
    }
}
