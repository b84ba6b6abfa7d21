import CommandLanguage
import Training

/// A snapshot that is not there, and its wording. Nothing has changed.
enum SnapshotError: CommandFailure, Hashable {
    case unknown(String, argument: String, known: [String])
    case tooFarBack(Int, available: Int)
    case tooFarForward(Int, available: Int)
    /// Of the command `undo` or `redo`, in a block whose changes are one.
    case withinChange(String)
    /// Its file is gone or damaged.
    case lost(CheckpointError)
    /// What a snapshot should be compared with.
    case notSoLongAgo(Int, argument: String, available: Int)

    var message: String {
        switch self {
        case .unknown(let name, _, _): "there is no snapshot `\(name)`"
        case .tooFarBack(_, 0): "there is nothing to take back"
        case .tooFarBack(let count, let available):
            "\(count) changes cannot be taken back: \(Figures.count(available, "is", "are")) known"
        case .tooFarForward(_, 0): "nothing has been taken back"
        case .tooFarForward(let count, let available):
            "\(count) changes cannot be done again: \(Figures.count(available, "was", "were")) taken back"
        case .withinChange(let command):
            "`\(command)` cannot stand in a block that is taken back as a whole"
        case .lost(let error): "the snapshot is lost: \(error.message)"
        case .notSoLongAgo(let count, _, let available):
            "\(Figures.count(available, "change is", "changes are")) known, not \(count)"
        }
    }

    var hint: String? {
        switch self {
        case .unknown(let name, _, let known):
            nearest(to: name, among: known).map { "did you mean `\($0)`?" } ?? "`snapshots` lists them"
        case .tooFarBack(_, 0): nil
        case .tooFarForward(_, 0): "`undo` takes something back"
        case .tooFarBack, .tooFarForward, .notSoLongAgo: "`snapshots` lists them"
        case .withinChange: "`restore` can: `snapshot` first"
        case .lost: nil
        }
    }

    var argument: String? {
        switch self {
        case .unknown(_, let argument, _), .notSoLongAgo(_, let argument, _): argument
        case .tooFarBack, .tooFarForward: "count"
        case .withinChange, .lost: nil
        }
    }
}
