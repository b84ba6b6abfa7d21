import Tensors
import Training

/// What a session can go back to: snapshots with a name, and one before each statement that changed something.
final class Snapshots {
    /// A statement that changed something, with the state on its other side: before it if it is done, after it if it
    /// was taken back.
    struct Change {
        let statement: String
        let other: Snapshot
    }

    /// All that there is to go back to.
    struct Content {
        let named: [(name: String, snapshot: Snapshot)]
        let past: [Change]
        let future: [Change]
    }

    /// Bytes that all snapshots together may take.
    struct Limits {
        var memory = 1_000_000_000
        var disk = 10_000_000_000
    }

    /// How many statements can be taken back.
    static let mostChanges = 100

    /// In the order in which they were made.
    private(set) var named: [(name: String, snapshot: Snapshot)] = []
    /// The latest last.
    private(set) var past: [Change] = []
    /// What was taken back, the next to be done again last.
    private(set) var future: [Change] = []
    var limits = Limits() { didSet { told = [] } }

    /// While a command runs whose changes are one with those of the commands that it runs.
    var isRecording = false
    private var statement = ""
    /// The state before the statement in hand, if that has changed something.
    private weak var beforeStatement: Snapshot?

    /// How many were made.
    private var count = 0
    private struct Made {
        weak var snapshot: Snapshot?
    }
    /// Those that somebody still holds: besides these here the ends of a fork's arms.
    private var made: [Made] = []
    private let base: String?
    private var folder: SpillFolder?
    /// What was said already.
    private var told: Set<SnapshotNotice> = []

    /// - Parameter folder: where there is room for what does not fit into memory; nil for nowhere.
    init(folder: String?) { base = folder }

    var content: Content {
        get { Content(named: named, past: past, future: future) }
        set { (named, past, future) = (newValue.named, newValue.past, newValue.future) }
    }

    // MARK: Named

    subscript(name: String) -> Snapshot? { named.first { $0.name == name }?.snapshot }

    /// - Returns: whether it took the place of another.
    func keep(_ state: SessionState, as name: String) -> Bool {
        let isReplacing = remove(name)
        named.append((name, make(state)))
        return isReplacing
    }

    /// - Returns: whether there was one.
    @discardableResult
    func remove(_ name: String) -> Bool {
        guard let index = named.firstIndex(where: { $0.name == name }) else { return false }
        named.remove(at: index)
        return true
    }

    // MARK: Changes

    /// What changes from now on is this statement's doing.
    func begin(_ statement: String) {
        self.statement = statement
        beforeStatement = nil
    }

    /// Whether the statement in hand has changed nothing yet, or that was taken back.
    var isBeforeChange: Bool { beforeStatement == nil || past.last?.other !== beforeStatement }

    /// The statement in hand has changed something, and it was like this before.
    func noteChange(from state: SessionState) {
        let before = make(state)
        past.append(Change(statement: statement, other: before))
        past.removeFirst(max(past.count - Self.mostChanges, 0))
        beforeStatement = before
        future = []
    }

    /// Runs `body` as if there had been no changes, and forgets those that it makes.
    func apart<Result>(_ body: () throws -> Result) rethrows -> Result {
        let outside = (past, future, isRecording)
        (past, future, isRecording) = ([], [], true)
        defer { (past, future, isRecording) = outside }
        return try body()
    }

    /// Moves the last `count` changes, beginning with the latest, to those that were taken back.
    func moveBack(_ count: Int, from state: SessionState) {
        Self.move(count, from: &past, to: &future, make(state))
    }

    /// Moves the last `count` of those that were taken back to those that are done.
    func moveForward(_ count: Int, from state: SessionState) {
        Self.move(count, from: &future, to: &past, make(state))
    }

    private static func move(
        _ count: Int, from changes: inout [Change], to others: inout [Change], _ now: Snapshot
    ) {
        var side = now
        for _ in 0..<count {
            let change = changes.removeLast()
            others.append(Change(statement: change.statement, other: side))
            side = change.other
        }
    }

    /// One that counts, and may go to a file, as long as somebody holds it.
    func make(_ state: SessionState) -> Snapshot {
        count += 1
        let snapshot = Snapshot(state, serial: count)
        made.removeAll { $0.snapshot == nil }
        made.append(Made(snapshot: snapshot))
        return snapshot
    }

    // MARK: Limits

    /// All of them, newest first, with the bytes in memory that neither the session nor a newer one has.
    func held(beside session: Footprint) -> [(snapshot: Snapshot, bytes: Int)] {
        var seen = session
        return all.sorted { $0.serial > $1.serial }.map { ($0, seen.merge($0.footprint)) }
    }

    var bytesOnDisk: Int { all.reduce(0) { $0 + ($1.bytesOnDisk ?? 0) } }

    private var automatic: [Snapshot] { (past + future).map(\.other) }
    private var all: [Snapshot] { made.compactMap(\.snapshot) }

    /// Keeps to the limits: the oldest automatic ones go to disk, then the oldest of the others. Automatic ones are
    /// forgotten where there is no room; the others stay in memory then.
    ///
    /// - Returns: what the user has not been told yet.
    func settle(beside session: @autoclosure () -> Footprint) -> [SnapshotNotice] {
        guard all.reduce(0, { $0 + $1.footprint.total }) > limits.memory else { return [] }
        let session = session()
        var notices: [SnapshotNotice] = []
        var canWrite = base != nil
        while let next = nextToGo(beside: session) {
            if canWrite, next.canSpill {
                if bytesOnDisk + next.footprint.total <= limits.disk {
                    do throws(CheckpointError) {
                        try spill(next)
                        continue
                    } catch {
                        canWrite = false
                        notices.append(.unwritable(error.message))
                    }
                } else if let oldest = oldestAutomatic(where: { $0.bytesOnDisk != nil }) {
                    forget(oldest)
                    notices.append(.forgotten)
                    continue
                }
            }
            guard let oldest = oldestAutomatic(where: { $0 === next }) else {
                notices.append(.overLimit)
                break
            }
            forget(oldest)
            notices.append(.forgotten)
        }
        return notices.filter { told.insert($0).inserted }
    }

    /// The oldest automatic one that takes memory of its own, or else the oldest of the others; nil within the limit.
    private func nextToGo(beside session: Footprint) -> Snapshot? {
        let held = held(beside: session)
        guard held.reduce(0, { $0 + $1.bytes }) > limits.memory else { return nil }
        let taking = held.reversed().filter { $0.bytes > 0 }.map(\.snapshot)
        return taking.first { snapshot in automatic.contains { $0 === snapshot } } ?? taking.first
    }

    private func oldestAutomatic(where isMeant: (Snapshot) -> Bool) -> Snapshot? {
        automatic.filter(isMeant).min { $0.serial < $1.serial }
    }

    private func spill(_ snapshot: Snapshot) throws(CheckpointError) {
        guard let base else { return }
        if folder == nil {
            do throws(FileError) {
                folder = try SpillFolder(in: base)
            } catch {
                throw .archive(ArchiveError(path: base, reason: .file(error)))
            }
        }
        if let folder { try snapshot.spill(to: folder.newFile()) }
    }

    /// What is further from now is out of reach without it.
    private func forget(_ snapshot: Snapshot) {
        func cut(_ changes: inout [Change]) {
            guard let index = changes.firstIndex(where: { $0.other === snapshot }) else { return }
            changes.removeFirst(index + 1)
        }
        cut(&past)
        cut(&future)
    }
}

/// What the user should know about where snapshots are.
enum SnapshotNotice: Hashable {
    /// Some of the oldest automatic ones are gone.
    case forgotten
    /// Named ones and the arms of a fork take more memory than they should.
    case overLimit
    case unwritable(String)
}
