import CommandLanguage
import Training

let snapshotCommands: [Command<Session>] = [snapshot, restore.undoable, snapshots, undo, redo, diff]

private let keptWords = """
    everything that commands change: data and settings, weights, running statistics, optimizer, random streams, place in \
    the epoch, history
    """

private let snapshot = Command<Session>(
    Signature(
        "snapshot", "Remember everything as it is, under a name.",
        details: """
            That is \(keptWords). `restore` goes back to it, as often as you like; what follows then gives the same bits \
            as it would have from the start. A step in hand is no part of it: it counts as not begun. Nor are variables, \
            breakpoints and watches, and runs stay in `runs`. It costs no memory until the next update. It ends with the session: what should \
            last longer, `save`. A snapshot of the same name is replaced.
            """,
        topic: "Going back", keywords: ["checkpoint", "remember", "backup", "keep", "state", "go back"],
        arguments: [Argument("name", .name, .positional, "what to call it")],
        examples: [.init("snapshot base\nrate 0.1\ntrain 1\nrestore base", setup: trainedSetup)])
) { call, session in
    let name = call.text("name")
    let isReplacing = session.snapshots.keep(session.state, as: name)
    session.settleSnapshots()
    session.note("snapshot `\(name)`\(isReplacing ? ", in place of an older one" : ""): \(session.whereItIs)")
    return .nothing
}

private let restore = Command<Session>(
    Signature(
        "restore", "Go back, or on, to a snapshot.",
        details: """
            Everything is as it was then; `undo` takes it back. Other snapshots stay, and the language's variables keep \
            their values.
            """,
        topic: "Going back", keywords: ["rewind", "revert", "reset", "return", "back", "rollback"],
        arguments: [Argument("name", .named(.snapshot, .name), .positional, "the snapshot's name")],
        examples: [.init("snapshot base\ntrain 1\nrestore base", setup: trainedSetup)])
) { call, session in
    let name = call.text("name")
    let snapshot = try session.snapshot(named: name, argument: "name")
    let wasThere = snapshot.isState(of: session)
    try session.adopt(try snapshot.state())
    session.note(wasThere ? "nothing has changed since `\(name)`" : "back at `\(name)`: \(session.whereItIs)")
    return .nothing
}

private func count(_ noun: SessionNoun) -> Argument {
    Argument(
        "count", .named(noun, .integer(1...Snapshots.mostChanges)), .positional, "how many",
        default: .number(1))
}

private let undo = Command<Session>(
    Signature(
        "undo", "Take back the last statement that changed something.",
        details: """
            Settings, data, model and training are as they were before it, to the bit. A statement counts as one, also a \
            whole loop; what changed nothing is passed over. A step in hand is taken back first. Before each change there \
            is an automatic snapshot, which costs no memory until the next update; the last \(Snapshots.mostChanges) are \
            kept. Files that were written and runs in `runs` stay.
            """,
        topic: "Going back",
        keywords: ["back", "go back", "revert", "mistake", "oops", "rewind", "rollback"],
        arguments: [count(.change)],
        examples: [
            .init("batch 32\nundo", setup: smallModelSetup),
            .init("optimizer sgd\ntrain 1\nundo 2", setup: smallModelSetup),
        ])
) { call, session in
    let undone = try session.undo(call.integer("count"))
    session.note("took back \(undone.joined(separator: ", ")): \(session.whereItIs)")
    return .nothing
}

private let redo = Command<Session>(
    Signature(
        "redo", "Do again what `undo` took back.",
        details: """
            Nothing is computed again: it goes on to the state that there was, with the same bits. After a new change \
            there is nothing to redo.
            """,
        topic: "Going back", keywords: ["again", "forward"], arguments: [count(.undone)],
        examples: [.init("train 1\nundo\nredo", setup: smallModelSetup)])
) { call, session in
    let done = try session.redo(call.integer("count"))
    session.note("did again \(done.joined(separator: ", ")): \(session.whereItIs)")
    return .nothing
}

/// The visible list of what can be done with snapshots: a new one is a word here.
private let snapshotWords: [Word<Value>] = [delete, limit]

private let snapshots = Command<Session>(
    Signature(
        "snapshots", "List what there is to go back to.",
        details: """
            The named ones, the ends of the last fork's arms, and the automatic ones: `undo 2` is where that leads, \
            `redo 1` and `take lower` too. `memory` is what is held \
            for a snapshot alone: what it shares with the session or with a newer one counts there.
            """,
        topic: "Going back", keywords: ["history", "checkpoint", "memory"],
        arguments: [
            Argument(
                "changes", .integer(0...2 * Snapshots.mostChanges), .positional,
                "how many automatic ones at most",
                default: .number(10))
        ],
        variants: snapshotWords.signatures(),
        examples: [.init("snapshot base\ntrain 1\nsnapshots", setup: trainedSetup)])
) { call, session in
    if call.path.count > 1 { return try snapshotWords.make(call, session) }
    let listing = SnapshotListing(session, changes: call.integer("changes"))
    guard !listing.isEmpty else {
        session.show("nothing to go back to yet: `snapshot` makes one, and so does every change")
        return .nothing
    }
    if !listing.rows.isEmpty { session.show(listing.table) }
    session.show(listing.totals)
    return .nothing
}

private let delete = Word<Value>(
    Signature(
        "delete", "Forget snapshots for good.", topic: "Going back",
        keywords: ["remove", "memory"],
        arguments: [Argument("names", .named(.snapshot, .name), .rest, "their names")],
        examples: [.init("snapshot base\nsnapshots delete base", setup: trainedSetup)])
) { call, session in
    let names = call.list("names").map(\.formatted)
    // All of them or none.
    for name in names { _ = try session.snapshot(named: name, argument: "names") }
    for name in names { session.snapshots.remove(name) }
    session.note("deleted \(Figures.count(names.count, "snapshot"))")
    return .nothing
}

private let limit = Word<Value>(
    Signature(
        "limit", "Say how much memory and disk snapshots may take.",
        details: """
            Beyond `memory` the oldest automatic ones go to files, then the oldest of the named ones and of the ends of \
            the last fork's arms; to go back to those takes a little longer and gives the same bits. The files lie in a folder of the session's own in `$XDG_CACHE_HOME` \
            or `~/.cache`, which is removed at the end. Where there is no room automatic ones are forgotten; named ones \
            never are.
            """,
        topic: "Going back", keywords: ["memory", "disk", "spill"],
        arguments: [
            Argument(
                "memory", .integer(0...1_000_000, unit: "MB"), .positional,
                "in memory, beside the session itself"),
            Argument("disk", .integer(0...10_000_000, unit: "MB"), "in files", default: .number(10_000)),
        ],
        examples: [.init("snapshots limit 500 disk=2000", setup: trainedSetup)])
) { call, session in
    let (memory, disk) = (call.integer("memory") * 1_000_000, call.integer("disk") * 1_000_000)
    session.snapshots.limits = Snapshots.Limits(memory: memory, disk: disk)
    session.settleSnapshots()
    session.note("snapshots may take \(Figures.bytes(memory)) of memory and \(Figures.bytes(disk)) of disk")
    return .nothing
}

private let diffSide = Argument.Kind.either([
    .named(.snapshot, .name), .named(.change, .integer(1...Snapshots.mostChanges)),
])

private let diff = Command<Session>(
    Signature(
        "diff", "Compare two snapshots, or one with everything as it is now.",
        details: """
            Settings that differ, metrics, and for each layer ‖A − B‖ / ‖A‖ over its weights and running statistics, with \
            the number that changed most. A snapshot is named, or is a number: `diff 1` shows what the last change did, as \
            `undo 1` would take it back. Models may differ: layers are compared by name.
            """,
        topic: "Going back", keywords: ["compare", "difference", "distance", "changed", "weights"],
        arguments: [
            Argument("a", diffSide, .positional, "a snapshot, or how many changes ago"),
            Argument("b", diffSide, .positional, "the same; now unless given", isOptional: true),
        ],
        result: [
            .init("equal", "whether all weights and running statistics are the same, to the bit"),
            .init("distance", "‖A − B‖ / ‖A‖ over all layers that both have"),
            .init("settings", "the names of those that differ"),
            .init("layers", "the names of those that differ"),
        ],
        examples: [
            .init("snapshot base\ntrain 1\ndiff base -> d\nprint $d.distance", setup: trainedSetup),
            .init("optimizer sgd\ndiff 1", setup: trainedSetup),
        ])
) { call, session in
    let first = try session.side("a", of: call)
    let second = call.has("b") ? try session.side("b", of: call) : ("now", session.state)
    let difference = SessionDifference(from: first, to: second)
    for displayable in difference.displayables { session.sink?.show(displayable) }
    return difference.result
}

extension Session {
    /// A snapshot by its name or by how many changes ago it was, with what to call it.
    fileprivate func side(_ argument: String, of call: Call) throws -> SessionDifference.Side {
        guard case .number = call.value(argument) else {
            let name = call.text(argument)
            return (name, try snapshot(named: name, argument: argument).state())
        }
        let count = call.integer(argument)
        let available = snapshots.past.count
        guard count <= available else {
            throw SnapshotError.notSoLongAgo(count, argument: argument, available: available)
        }
        return ("undo \(count)", try snapshots.past[available - count].other.state())
    }

    /// - Throws: `SnapshotError.unknown`.
    func snapshot(named name: String, argument: String) throws(SnapshotError) -> Snapshot {
        guard let snapshot = snapshots[name] else {
            throw .unknown(name, argument: argument, known: snapshots.named.map(\.name))
        }
        return snapshot
    }

    /// `lenet, epoch 3, step 120`
    fileprivate var whereItIs: String {
        guard let trainer else { return settings.dataset == nil ? "no data" : "no model" }
        return "\(trainer.network.name), epoch \(trainer.position.epoch), "
            + "step \(Figures.grouped(trainer.position.step))"
    }
}
