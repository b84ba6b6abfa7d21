import CommandLanguage

/// What snapshots, `undo` and `redo` refuse.
enum SnapshotErrorCode: String, ErrorCode {
    case unknownSnapshot = "unknown-snapshot"
    case nothingToUndo = "nothing-to-undo"
    case nothingToRedo = "nothing-to-redo"
    case snapshotLost = "snapshot-lost"

    var explanation: ErrorExplanation {
        switch self {
        case .unknownSnapshot:
            .init(
                "There is no snapshot of this name; they end with the session. `snapshots` lists those there are.",
                wrong: "restore before", right: "snapshot before\nrestore before", setup: smallModelSetup)
        case .nothingToUndo:
            .init(
                "There are not so many changes to take back. `snapshots` lists those that can be.",
                wrong: "undo 50", right: "batch 32\nundo", setup: smallModelSetup)
        case .nothingToRedo:
            .init(
                "Only what was taken back can be done again, and only as long as nothing else was changed.",
                wrong: "redo", right: "batch 32\nundo\nredo", setup: smallModelSetup)
        case .snapshotLost:
            .unstaged(
                "Snapshots that do not fit into memory are in files, and this one's file is gone or damaged.",
                wrong: "restore before", right: "snapshots")
        }
    }
}

extension SnapshotError {
    var code: any ErrorCode {
        switch self {
        case .unknown: SnapshotErrorCode.unknownSnapshot
        case .tooFarBack: SnapshotErrorCode.nothingToUndo
        case .tooFarForward: SnapshotErrorCode.nothingToRedo
        case .lost: SnapshotErrorCode.snapshotLost
        case .noModel: RefusalCode.noModel
        }
    }
}
