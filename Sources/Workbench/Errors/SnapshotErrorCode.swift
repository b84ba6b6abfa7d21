import CommandLanguage

/// What keeps a session from going back.
enum SnapshotErrorCode: String, ErrorCode {
    case unknownSnapshot = "unknown-snapshot"
    case nothingToUndo = "nothing-to-undo"
    case nothingToRedo = "nothing-to-redo"
    case snapshotLost = "snapshot-lost"

    var explanation: ErrorExplanation {
        switch self {
        case .unknownSnapshot:
            .init(
                "Snapshots are named when they are made, and end with the session: `snapshots` lists them.",
                wrong: "snapshot base\nrestore bass", right: "snapshot base\nrestore base",
                setup: smallModelSetup)
        case .nothingToUndo:
            .init(
                """
                `undo` takes back statements that changed something, one or several at once, and there are fewer than \
                that: it reaches back to the start of the session, at most \(Snapshots.mostChanges) changes, and less \
                far where memory and disk are full. `snapshots` lists them.
                """,
                wrong: "undo 9", right: "undo 2", setup: smallModelSetup)
        case .nothingToRedo:
            .init(
                """
                `redo` does again what `undo` took back, as long as nothing else has changed since: a new change takes \
                the place of what was taken back.
                """,
                wrong: "batch 32\nundo\nbatch 16\nredo", right: "batch 32\nundo\nredo", setup: smallModelSetup
            )
        case .snapshotLost:
            .unstaged(
                """
                What did not fit into memory was written to a file in the cache folder, and that file is gone or is no \
                longer what it was: somebody has cleaned up there, or the disk fails. Everything else is as it was. \
                `snapshots limit` with more memory keeps more of them out of files; what must not be lost, `save`.
                """,
                wrong: "restore base", right: "snapshot base\nsave base.safetensors")
        }
    }
}

extension SnapshotError {
    var code: any ErrorCode {
        switch self {
        case .unknown: SnapshotErrorCode.unknownSnapshot
        case .tooFarBack, .notSoLongAgo: SnapshotErrorCode.nothingToUndo
        case .tooFarForward: SnapshotErrorCode.nothingToRedo
        case .lost: SnapshotErrorCode.snapshotLost
        }
    }
}
