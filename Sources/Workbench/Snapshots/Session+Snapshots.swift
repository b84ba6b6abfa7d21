import CommandLanguage
import Tensors

extension Command<Session> {
    /// The command, which `undo` takes back and `keep` keeps if it has changed something.
    var undoable: Command {
        Command(signature) { call, session in
            try session.recordingChange { try session.leavingTrail(call) { try run(call, session) } }
        }
    }
}

extension Session {
    /// Remembers how everything was, if `body` changes it and nothing else in its statement did before.
    func recordingChange<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard !snapshots.isRecording else { return try body() }
        let before = snapshots.isBeforeChange ? state : nil
        snapshots.isRecording = true
        defer {
            snapshots.isRecording = false
            if let before, before.mark != mark { snapshots.noteChange(from: before) }
            settleSnapshots()
        }
        return try body()
    }

    /// Keeps snapshots to their limits and says what that took.
    func settleSnapshots() {
        for notice in snapshots.settle(beside: state.footprint) {
            show(StyledText(notice.message(snapshots.limits), .warning))
        }
    }

    /// Goes back before the last `count` changes; a step in hand is the first of them.
    ///
    /// - Returns: what was taken back, the latest first.
    func undo(_ count: Int) throws -> [String] {
        guard !snapshots.isRecording else { throw SnapshotError.withinChange("undo") }
        let hasStep = trainer.map { $0.phase != .ready } ?? false
        let available = snapshots.past.count + (hasStep ? 1 : 0)
        guard count <= available else { throw SnapshotError.tooFarBack(count, available: available) }
        let changes = count - (hasStep ? 1 : 0)
        let statements = snapshots.past.suffix(changes).reversed().map(\.statement)
        if changes > 0 {
            let target = try snapshots.past[snapshots.past.count - changes].other.state()
            let now = state
            try adopt(target)
            snapshots.moveBack(changes, from: now)
        } else {
            trainer?.rewind()
        }
        settleSnapshots()
        return (hasStep ? ["the step in hand"] : []) + statements.map { "`\($0.firstLine)`" }
    }

    /// Goes on to where `count` changes that were taken back had led. Takes back a step in hand.
    ///
    /// - Returns: what was done again, in order.
    func redo(_ count: Int) throws -> [String] {
        guard !snapshots.isRecording else { throw SnapshotError.withinChange("redo") }
        let available = snapshots.future.count
        guard count <= available else { throw SnapshotError.tooFarForward(count, available: available) }
        let statements = snapshots.future.suffix(count).reversed().map(\.statement)
        let target = try snapshots.future[available - count].other.state()
        let now = state
        try adopt(target)
        snapshots.moveForward(count, from: now)
        settleSnapshots()
        return statements.map { "`\($0.firstLine)`" }
    }

    /// A folder for snapshots that do not fit into memory: in `$XDG_CACHE_HOME`, `~/.cache`, `$TMPDIR` or `/tmp`.
    package static func usualSpillFolder(environment: [String: String]) -> String {
        let home = environment["HOME"].map { $0 + "/.cache" }
        let bases = [environment["XDG_CACHE_HOME"], home, environment["TMPDIR"]]
        // The specification says to ignore a relative path.
        let base = bases.lazy.compactMap(\.self).first { $0.hasPrefix("/") } ?? "/tmp"
        return base + "/cairn/snapshots"
    }
}

extension SnapshotNotice {
    fileprivate func message(_ limits: Snapshots.Limits) -> String {
        switch self {
        case .forgotten:
            "the oldest changes can no longer be taken back: snapshots may take \(Figures.bytes(limits.memory)) "
                + "of memory and \(Figures.bytes(limits.disk)) of disk (`snapshots limit`)"
        case .overLimit:
            "snapshots with a name, and arms of the last fork, take more than the "
                + "\(Figures.bytes(limits.memory)) of memory that they may: `snapshots delete` some"
        case .unwritable(let reason):
            "snapshots that do not fit into memory cannot go to disk, and the oldest automatic ones are lost: "
                + reason
        }
    }
}
