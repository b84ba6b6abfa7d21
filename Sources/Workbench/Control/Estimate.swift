import CommandLanguage
import Training

/// Says once, after the first steps of a long training, how long it will take, and what watching takes of it.
struct Estimate {
    /// Below so many seconds nobody needs to be told.
    private static let shortest = 20.0
    private static let steps = 3
    private static let seconds = 1.0
    private static let noticeableShare = 0.03

    private var isWanted: Bool
    private let start = ContinuousClock.now
    private var stepsSeen = 0

    init(isWanted: Bool) { self.isWanted = isWanted }

    /// What to say, once; breakpoints and watches have taken `watching` seconds.
    mutating func line(after report: StepReport, watching: Double) -> StyledText? {
        guard isWanted else { return nil }
        stepsSeen += 1
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        guard stepsSeen >= Self.steps, elapsed >= Self.seconds else { return nil }
        isWanted = false
        let share = watching / elapsed
        let total = elapsed + report.secondsLeft
        let parts =
            (total >= Self.shortest ? ["about " + Figures.duration(total)] : [])
            + (share >= Self.noticeableShare
                ? ["breakpoints and watches take \(Figures.percent(share)) of the time"] : [])
        return parts.isEmpty ? nil : StyledText(parts.joined(separator: "; "), .faint)
    }
}
