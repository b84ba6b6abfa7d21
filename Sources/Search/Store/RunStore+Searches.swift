import GRDB

/// Which training of which search.
package struct TrialKey: Hashable, Sendable {
    package let search: Int64
    /// From 1.
    package let number: Int
    /// What tells the trial from the search's others: `rate=0.003 batch=64`.
    package let configuration: String
    package let seed: UInt64
}

/// What is known of a training from an earlier call of the same search.
struct KnownTraining: Hashable {
    let id: Int64
    let status: RunStatus
    /// Epochs after which it was finished, as it was asked to.
    let target: Int
    /// The metric at the end of each epoch, from the first.
    let scores: [Double]
}

extension RunStore {
    /// The number of the search with this definition, an earlier one's if there was one.
    package func search(_ definition: String) throws(RunStoreError) -> Int64 {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO search (definition) VALUES (?)", arguments: [definition])
            let id = try Int64.fetchOne(
                database, sql: "SELECT id FROM search WHERE definition = ?", arguments: [definition])
            guard let id else { throw RunStoreError(self.path, .damaged) }
            return id
        }
    }

    /// Forgets a search with its trials.
    package func forgetSearch(_ definition: String) throws(RunStoreError) {
        try write { database in
            try database.execute(sql: "DELETE FROM search WHERE definition = ?", arguments: [definition])
        }
    }

    /// What is known of a training; nil if nothing is.
    func training(_ key: TrialKey, metric: String) throws(RunStoreError) -> KnownTraining? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT id, status, target FROM run
                    WHERE search = ? AND configuration = ? AND seed = ?
                    """,
                arguments: [key.search, key.configuration, Int64(bitPattern: key.seed)])
            guard let row else { return nil }
            let values = try Row.fetchAll(
                database, sql: "SELECT value FROM measurement WHERE run = ? AND name = ? ORDER BY epoch",
                arguments: [row["id"], "val." + metric])
            return KnownTraining(
                id: row["id"], status: RunStatus(rawValue: row["status"]) ?? .unfinished,
                target: row["target"] ?? 0,
                scores: values.map { row in row["value"] as Double? ?? .nan })
        }
    }

    /// Begins a trial's training; what is known of an earlier try is forgotten.
    func begin(
        _ key: TrialKey, model: String, settings: [RunSetting], started: Double
    ) throws(RunStoreError) -> Int64 {
        try write { database in
            try database.execute(
                sql: "DELETE FROM run WHERE search = ? AND configuration = ? AND seed = ?",
                arguments: [key.search, key.configuration, Int64(bitPattern: key.seed)])
            return try Self.insert(
                model: model, settings: settings, started: started, trial: key, into: database)
        }
    }
}
