import Glibc

/// Up from `lowest` to the optimizer's rate and down again, over and over: PyTorch's `CyclicLR` (Smith, 2017).
package struct CyclicSchedule: Schedule {
    package static let kind = "cyclic"

    /// What becomes of the height of the triangles.
    package enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
        case triangular
        /// Halved after each.
        case triangular2
        /// Multiplied by `factor` after each step.
        case exponential
    }

    /// A rate.
    package let lowest: Double
    /// In steps.
    package let up: Int
    /// In steps.
    package let down: Int
    package let mode: Mode
    package let factor: Double
    package let momentumCycle: MomentumCycle
    package var warmup: Warmup

    package static let usualMomentum = 0.8...0.9

    package init(
        lowest: Double, up: Int = 2000, down: Int? = nil, mode: Mode = .triangular, factor: Double = 1,
        momentumCycle: MomentumCycle = MomentumCycle(Self.usualMomentum), warmup: Warmup = Warmup()
    ) {
        self.lowest = lowest
        self.up = up
        self.down = down ?? up
        self.mode = mode
        self.factor = factor
        self.momentumCycle = momentumCycle
        self.warmup = warmup
    }

    package var unit: ScheduleUnit { .step }

    package func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        lowest + (base - lowest) * height(at: moment.step)
    }

    package func momentum(at moment: ScheduleMoment) -> Double? {
        guard momentumCycle.isOn else { return nil }
        return momentumCycle.highest
            - (momentumCycle.highest - momentumCycle.lowest) * height(at: moment.step)
    }

    /// 0 at the foot of a triangle, 1 at the top of the first.
    private func height(at step: Int) -> Double {
        let position = step % (up + down)
        let height =
            position <= up ? Double(position) / Double(up) : Double(up + down - position) / Double(down)
        switch mode {
        case .triangular: return height
        case .triangular2: return height * pow(0.5, Double(step / (up + down)))
        case .exponential: return height * pow(factor, Double(step))
        }
    }

    package var settings: [Setting] {
        [
            Setting("lowest", lowest, .nonNegative), Setting("up", up, in: 1...Warmup.longest, "steps"),
            Setting("down", down, in: 1...Warmup.longest, "steps", usual: up),
            Setting("mode", mode.rawValue, usual: Mode.triangular.rawValue),
            Setting("factor", factor, .positive, usual: 1),
        ] + momentumCycle.settings(usual: Self.usualMomentum)
    }
}
