import GRDB
import Training

extension RunStore {
    /// - Returns: the run's number.
    package func begin(
        model: String, settings: [RunSetting], started: Double
    ) throws(RunStoreError) -> Int64 {
        try write { database in
            try Self.insert(model: model, settings: settings, started: started, trial: nil, into: database)
        }
    }

    /// Writes an epoch down; one of the same number is replaced.
    package func append(_ epoch: EpochRecord, to run: Int64) throws(RunStoreError) {
        try write { database in
            for (name, value) in epoch.measurements {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO measurement (run, name, epoch, value) VALUES (?, ?, ?, ?)",
                    arguments: [run, name, epoch.epoch, value.isNaN ? nil : value])
            }
        }
    }

    /// Writes down how a run ended; `target` is after how many epochs a trial did.
    package func finish(_ run: Int64, _ status: RunStatus, target: Int? = nil) throws(RunStoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE run SET status = ?, target = ? WHERE id = ?",
                arguments: [status.rawValue, target, run])
        }
    }

    /// The newest runs, newest first.
    package func runs(newest count: Int) throws(RunStoreError) -> [StoredRun] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY id DESC LIMIT ?", arguments: [count])
                .map { try Self.run($0, in: database) }
        }
    }

    /// - Throws: `RunStoreError` of kind `noRun`.
    package func run(_ id: Int64) throws(RunStoreError) -> StoredRun {
        try read { database in
            guard
                let row = try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [id])
            else { throw RunStoreError(self.path, .noRun(id)) }
            return try Self.run(row, in: database)
        }
    }

    /// - Throws: `RunStoreError` of kind `noRun`; then nothing has changed.
    package func delete(_ ids: [Int64]) throws(RunStoreError) {
        try write { database in
            for id in ids {
                try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [id])
                guard database.changesCount == 1 else { throw RunStoreError(self.path, .noRun(id)) }
            }
            // A search without trials would be gone on with, and nothing would be known of it.
            try database.execute(
                sql: "DELETE FROM search WHERE id NOT IN (SELECT search FROM run WHERE search IS NOT NULL)")
        }
    }

    /// - Throws: `RunStoreError` of kind `noRun`.
    package func note(_ text: String, on id: Int64) throws(RunStoreError) {
        try write { database in
            try database.execute(sql: "UPDATE run SET note = ? WHERE id = ?", arguments: [text, id])
            guard database.changesCount == 1 else { throw RunStoreError(self.path, .noRun(id)) }
        }
    }

    static func insert(
        model: String, settings: [RunSetting], started: Double, trial: TrialKey?, into database: Database
    ) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO run (model, started, status, search, trial, configuration, seed)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                model, started, RunStatus.unfinished.rawValue, trial?.search, trial?.number,
                trial?.configuration, trial.map { Int64(bitPattern: $0.seed) },
            ])
        let id = database.lastInsertedRowID
        for (place, setting) in settings.enumerated() {
            try database.execute(
                sql: "INSERT OR REPLACE INTO setting (run, name, value, place) VALUES (?, ?, ?, ?)",
                arguments: [id, setting.name, setting.value, place])
        }
        return id
    }

    private static func run(_ row: Row, in database: Database) throws -> StoredRun {
        let id: Int64 = row["id"]
        let settings = try Row.fetchAll(
            database, sql: "SELECT name, value FROM setting WHERE run = ? ORDER BY place", arguments: [id])
        let points = try Row.fetchAll(
            database, sql: "SELECT name, epoch, value FROM measurement WHERE run = ? ORDER BY epoch",
            arguments: [id])
        var curves: [String: [CurvePoint]] = [:]
        for point in points {
            let value: Double? = point["value"]
            curves[point["name"], default: []].append(
                CurvePoint(epoch: point["epoch"], value: value ?? .nan))
        }
        let search: Int64? = row["search"]
        return StoredRun(
            id: id, model: row["model"], started: row["started"],
            status: RunStatus(rawValue: row["status"]) ?? .unfinished, note: row["note"],
            trial: search.map {
                StoredTrial(search: $0, number: row["trial"], configuration: row["configuration"])
            },
            settings: settings.map { RunSetting($0["name"], $0["value"]) }, curves: curves)
    }
}
