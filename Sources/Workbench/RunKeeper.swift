import CommandLanguage
import Glibc
import Search
import Training

/// A session's run store, which is opened when it is first needed: starting takes no longer because of it.
final class RunKeeper {
    private let path: String?
    private var store: RunStore?
    /// Whether it was said that runs cannot be kept.
    var hasComplained = false
    /// The note that new runs get.
    var remark: String?

    /// Keeps nothing without a path.
    init(path: String?) { self.path = path }

    /// Whether nothing is to be kept, or it could not be: to wait for a locked file once is enough.
    var isOff: Bool { path == nil || hasComplained }

    /// - Throws: `SearchRefusal.noRunStore`, or `RunStoreError`.
    func open() throws -> RunStore {
        if let store { return store }
        guard let path else { throw SearchRefusal.noRunStore }
        let opened = try RunStore(path: path)
        store = opened
        return opened
    }
}

extension Session {
    /// In place of a file: runs are kept as long as the session is there.
    package static let runStoreInMemory = RunStore.memory

    /// The file in which runs are kept unless another is named: what `CAIRN_RUNS` says, none if that is empty; else
    /// `$XDG_DATA_HOME/cairn/runs.sqlite`, or `~/.local/share/cairn/runs.sqlite`; nil without a home.
    package static func usualRunStore(environment: [String: String]) -> String? {
        if let path = environment["CAIRN_RUNS"] { return path.isEmpty ? nil : path }
        // The specification says to ignore a relative path.
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/cairn/runs.sqlite" }
        return environment["HOME"].flatMap { home in
            home.hasPrefix("/") ? home + "/.local/share/cairn/runs.sqlite" : nil
        }
    }
}

/// A `train` on its way into the run store. A store that fails never stops training: that is said once in a session.
final class RunRecording {
    private let session: Session
    private var run: (store: RunStore, id: Int64)?

    init(of trainer: Trainer, in session: Session) {
        self.session = session
        guard !session.runs.isOff else { return }
        do {
            let store = try session.runs.open()
            let id = try store.begin(
                model: trainer.network.name, settings: session.runSettings(of: trainer),
                started: Double(time(nil)))
            if let remark = session.runs.remark { try store.note(remark, on: id) }
            run = (store, id)
        } catch {
            giveUp(error)
        }
    }

    /// Its number among the runs; nil if it is not kept.
    var number: Int64? { run?.id }

    func note(_ event: TrainingEvent) {
        guard let run, case .epochFinished(let record) = event else { return }
        do throws(RunStoreError) { try run.store.append(record, to: run.id) } catch { giveUp(error) }
    }

    func end(_ reason: TrainingOutcome.Reason) {
        guard let run else { return }
        do throws(RunStoreError) { try run.store.finish(run.id, reason.status) } catch { giveUp(error) }
    }

    private func giveUp(_ error: any Error) {
        run = nil
        session.complain(error)
    }
}

extension Session {
    /// Begins to write a `train` down.
    func record(_ trainer: Trainer) -> RunRecording { RunRecording(of: trainer, in: self) }

    /// Says, once, that what is done is not kept.
    func complain(_ error: any Error) {
        guard !runs.hasComplained else { return }
        runs.hasComplained = true
        let reason = (error as? any CommandFailure)?.message ?? String(describing: error)
        show(StyledText("runs are not kept: \(reason)", .warning))
    }
}

extension TrainingOutcome.Reason {
    fileprivate var status: RunStatus {
        switch self {
        case .finished, .stoppedEarly: .finished
        case .stopped, .paused, .outOfBudget: .stopped
        case .diverged: .diverged
        case .unusableRate, .unreadable: .failed
        }
    }
}
