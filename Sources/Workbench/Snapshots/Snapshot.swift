import Glibc
import Tensors
import Training

/// A state to go back to, in memory or in a file that goes with it.
final class Snapshot {
    /// What is known of it wherever it is.
    struct Headline {
        /// Nil without a model.
        let model: String?
        let epoch: Int
        let step: Int
        /// Of the last epoch, 0...1; nil if it was not measured.
        let accuracy: Double?

        /// `lenet, epoch 3, step 120`
        var words: String {
            model.map { "\($0), epoch \(epoch), step \(Figures.grouped(step))" } ?? "no model"
        }
    }

    private enum Place {
        case memory(SessionState)
        /// The state without the numbers of its training, and these.
        case disk(SessionState, SpilledState)
    }

    /// The larger, the newer.
    let serial: Int
    let headline: Headline
    /// Seconds since 1970.
    let made = time(nil)
    /// What it keeps in memory.
    private(set) var footprint: Footprint
    private let mark: SessionMark
    private var place: Place

    init(_ state: SessionState, serial: Int) {
        self.serial = serial
        place = .memory(state)
        mark = state.mark
        footprint = state.footprint
        let training = state.model?.training
        headline = Headline(
            model: state.model?.design.name, epoch: training?.position.epoch ?? 0,
            step: training?.position.step ?? 0,
            accuracy: training?.history.epochs.last?.validationAccuracy)
    }

    deinit {
        if case .disk(_, let spilled) = place { unlink(spilled.path) }
    }

    /// Whether nothing has changed since.
    func isState(of session: Session) -> Bool { mark == session.mark }

    /// Whether there are numbers that could go to a file.
    var canSpill: Bool { if case .memory(let state) = place { state.model != nil } else { false } }

    /// Bytes in its file; nil in memory.
    var bytesOnDisk: Int? {
        if case .disk(_, let spilled) = place { spilled.bytes } else { nil }
    }

    /// - Throws: `SnapshotError.lost` if its file is gone or damaged.
    func state() throws(SnapshotError) -> SessionState {
        switch place {
        case .memory(let state): return state
        case .disk(var state, let spilled):
            do throws(CheckpointError) {
                state.model?.training = try spilled.read()
                return state
            } catch {
                throw .lost(error)
            }
        }
    }

    /// Writes its numbers to a file and keeps only that.
    ///
    /// - Throws: `CheckpointError` if there cannot be such a file; then it stays in memory.
    func spill(to path: String) throws(CheckpointError) {
        guard case .memory(var state) = place, let training = state.model?.training else { return }
        let spilled = try SpilledState(training, to: path)
        state.model?.training = spilled.rest
        place = .disk(state, spilled)
        footprint = state.footprint
    }
}

/// Tells states of one session from each other.
struct SessionMark: Equatable {
    let revision: Revision
    /// Of the training.
    let position: TrainingPosition?

    static func == (a: SessionMark, b: SessionMark) -> Bool {
        a.revision === b.revision && a.position == b.position
    }
}

extension Session {
    var mark: SessionMark { SessionMark(revision: revision, position: trainer?.position) }
}

extension SessionState {
    var mark: SessionMark { SessionMark(revision: revision, position: model?.training.position) }

    /// What it keeps in memory.
    var footprint: Footprint {
        var footprint = model?.training.footprint ?? Footprint()
        settings.dataset?.add(to: &footprint)
        return footprint
    }
}
