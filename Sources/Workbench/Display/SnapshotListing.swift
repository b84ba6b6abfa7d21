import CommandLanguage
import Glibc
import Tensors

/// What there is to go back to.
struct SnapshotListing {
    struct Row {
        /// `best`, or `undo 2`
        let name: String
        /// Of an automatic one: the statement that it is before, or after.
        let statement: String?
        let snapshot: Snapshot
        let bytes: Int
    }

    /// The named ones, then the arms of the last fork, then those after now, then those before, each newest first.
    let rows: [Row]
    private let snapshots: Snapshots
    private let bytes: Int
    /// Automatic ones that are left out.
    private let hidden: Int

    /// Whether there is none, shown or left out.
    var isEmpty: Bool { rows.isEmpty && hidden == 0 }

    /// With at most so many automatic ones.
    init(_ session: Session, changes limit: Int) {
        snapshots = session.snapshots
        let held = snapshots.held(beside: session.state.footprint)
        bytes = held.reduce(0) { $0 + $1.bytes }
        func row(_ name: String, _ statement: String?, _ snapshot: Snapshot) -> Row {
            Row(
                name: name, statement: statement, snapshot: snapshot,
                bytes: held.first { $0.snapshot === snapshot }?.bytes ?? 0)
        }
        func automatic(_ word: String, _ changes: [Snapshots.Change], atMost limit: Int) -> [Row] {
            zip(1..., changes.reversed()).prefix(limit).map {
                row("\(word) \($0)", $1.statement.firstLine, $1.other)
            }
        }
        let named = snapshots.named.reversed().map { row($0.name, nil, $0.snapshot) }
        let redo = automatic("redo", snapshots.future, atMost: limit)
        let undo = automatic("undo", snapshots.past, atMost: limit - redo.count)
        hidden = snapshots.future.count - redo.count + snapshots.past.count - undo.count
        let arms = session.arms.compactMap { arm in arm.end.map { row("take \(arm.name)", nil, $0) } }
        rows = named + arms.reversed() + redo.reversed() + undo
    }

    var table: Table {
        let now = time(nil)
        let hasFiles = rows.contains { $0.snapshot.bytesOnDisk != nil }
        return Table(
            columns: [
                .init("snapshot"), .init("of"), .init("age", .right), .init("model"), .init("epoch", .right),
                .init("step", .right), .init("val", .right), .init("memory", .right),
            ] + (hasFiles ? [.init("disk", .right)] : []),
            rows: rows.map { row in
                let headline = row.snapshot.headline
                return [
                    StyledText(row.name, .strong),
                    StyledText(row.statement ?? "", .code), StyledText(Figures.age(now - row.snapshot.made)),
                    StyledText(headline.model ?? ""),
                    StyledText(headline.model == nil ? "" : "\(headline.epoch)"),
                    StyledText(headline.model == nil ? "" : Figures.grouped(headline.step)),
                    StyledText(headline.accuracy.map { Figures.decimal($0) } ?? ""),
                    StyledText(Figures.bytes(row.bytes)),
                ] + (hasFiles ? [StyledText(row.snapshot.bytesOnDisk.map(Figures.bytes) ?? "")] : [])
            })
    }

    /// `12 MB of 1.0 GB in memory, 0 of 10.0 GB on disk; 5 more changes`
    var totals: StyledText {
        let limits = snapshots.limits
        let more =
            hidden == 0 ? "" : "; \(Figures.count(hidden, "more change")): `snapshots \(hidden + rows.count)`"
        return StyledText(
            "\(Figures.bytes(bytes)) of \(Figures.bytes(limits.memory)) in memory, "
                + "\(Figures.bytes(snapshots.bytesOnDisk)) of \(Figures.bytes(limits.disk)) on disk" + more,
            .faint)
    }
}

extension Figures {
    /// `now`, `5 min`, `3 h`: how long ago.
    fileprivate static func age(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "now"
        case ..<3600: "\(seconds / 60) min"
        default: "\(seconds / 3600) h"
        }
    }
}

extension String {
    /// Enough of a statement to recognise it.
    var firstLine: String {
        let line = split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let isWhole = line.count == count && count <= 28
        return isWhole ? self : "\(line.prefix(24)) ..."
    }
}
