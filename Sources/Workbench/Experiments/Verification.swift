import CommandLanguage
import Training

/// How the numbers of a replayed script compare with those it was kept with.
final class Verification {
    /// One `fingerprint`.
    enum Finding {
        /// The updates up to this one.
        case steps(last: Int, count: Int, StepFingerprint.Verdict)
        case state(isEqual: Bool)
    }

    /// What is no more than this off counts as equal: relative to losses above 1.
    static let usualTolerance = 0.01

    let tolerance: Double
    private(set) var findings: [Finding] = []

    init(tolerance: Double) { self.tolerance = tolerance }

    func note(_ finding: Finding) { findings.append(finding) }

    /// The first that is neither equal nor close.
    var firstDifference: Finding? { findings.first { $0.isDifferent } }

    /// Whether all bits are the same.
    var isExact: Bool { findings.allSatisfy(\.isExact) }

    /// How far the furthest loss is off.
    var furthest: Double {
        findings.map { if case .steps(_, _, .close(let furthest)) = $0 { furthest } else { 0 } }.max() ?? 0
    }

    /// A row for each training.
    var table: Table {
        Table(
            columns: [.init("steps", .right), .init("replayed")],
            rows: findings.map { [StyledText($0.place), $0.words] })
    }
}

extension Verification.Finding {
    fileprivate var isExact: Bool {
        switch self {
        case .steps(_, _, let verdict): verdict == .equal
        case .state(let isEqual): isEqual
        }
    }

    fileprivate var isDifferent: Bool {
        switch self {
        case .steps(_, _, .different), .steps(_, _, .missing): true
        case .steps, .state: false
        }
    }

    fileprivate var place: String {
        switch self {
        case .steps(let last, let count, _): count == 1 ? "\(last)" : "\(last - count + 1)..\(last)"
        case .state: "at the end"
        }
    }

    var words: StyledText {
        switch self {
        case .steps(_, _, .equal): StyledText("equal", .good)
        case .steps(_, _, .close(let furthest)):
            StyledText("equal within \(Figures.brief(furthest))", .good)
        case .steps(_, _, .different(let step, let loss, let was)):
            StyledText("different", .error)
                + ": at step \(Figures.grouped(step)) the loss is \(Figures.setting(loss)), and was \(Figures.setting(was))"
        case .steps(_, let count, .missing(let found)):
            StyledText("different", .error)
                + ": there were \(Figures.count(count, "step")), and are \(Figures.grouped(found))"
        case .state(true): StyledText("the same weights", .good)
        case .state(false): "weights that differ in some bits"
        }
    }
}
