import Glibc
import Training

/// A search's part of a run store. A store that fails stops no search: what cannot be written is left out, and
/// `failure` says so.
struct SearchLog {
    /// A training of the search.
    struct Key: Hashable {
        let number: Int
        let configuration: String
        let seed: UInt64
    }

    private let store: RunStore
    private let search: Int64
    private let metric: String
    /// Runs that this call has begun.
    private var runs: [Key: Int64] = [:]
    private(set) var failure: RunStoreError?

    init(_ store: RunStore, definition: String, metric: Metric) throws(RunStoreError) {
        self.store = store
        self.metric = metric.name
        search = try store.search(definition)
    }

    func known(_ key: Key) -> KnownTraining? { try? store.training(trialKey(key), metric: metric) }

    mutating func begin(_ key: Key, _ trial: PreparedTrial) {
        attempt { (log) throws(RunStoreError) in
            log.runs[key] = try log.store.begin(
                log.trialKey(key), model: trial.trainer.network.name, settings: trial.settings,
                started: Double(time(nil)))
        }
    }

    mutating func append(_ record: EpochRecord, _ key: Key) {
        attempt { (log) throws(RunStoreError) in
            if let run = log.runs[key] { try log.store.append(record, to: run) }
        }
    }

    mutating func finish(_ key: Key, _ status: RunStatus, target: Int) {
        attempt { (log) throws(RunStoreError) in
            if let run = log.runs[key] { try log.store.finish(run, status, target: target) }
        }
    }

    private mutating func attempt(_ body: (inout SearchLog) throws(RunStoreError) -> Void) {
        guard failure == nil else { return }
        do throws(RunStoreError) {
            try body(&self)
        } catch {
            failure = error
        }
    }

    private func trialKey(_ key: Key) -> TrialKey {
        TrialKey(search: search, number: key.number, configuration: key.configuration, seed: key.seed)
    }
}
