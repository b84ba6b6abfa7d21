import GRDB

/// The tables of a run store. A change of them is one more migration; those that are here never change.
enum RunStoreSchema {
    /// Says in the file's head whose it is: "Cair" in ASCII.
    private static let applicationID: Int32 = 0x4361_6972

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("runs and searches") { database in
            try database.create(table: "search") { table in
                table.autoIncrementedPrimaryKey("id")
                // All that the results depend on: the same search goes on where it was stopped.
                table.column("definition", .text).notNull().unique()
            }
            try database.create(table: "run") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("model", .text).notNull()
                // Seconds since 1970.
                table.column("started", .double).notNull()
                table.column("status", .text).notNull()
                table.column("note", .text).notNull().defaults(to: "")
                // Only of a trial.
                table.column("search", .integer).references("search", onDelete: .cascade)
                table.column("trial", .integer)
                table.column("configuration", .text)
                table.column("seed", .integer)
                // Epochs after which the trial was finished.
                table.column("target", .integer)
                table.uniqueKey(["search", "configuration", "seed"])
            }
            try database.create(table: "setting", options: .withoutRowID) { table in
                table.column("run", .integer).notNull().references("run", onDelete: .cascade)
                table.column("name", .text).notNull()
                table.column("value", .text).notNull()
                table.column("place", .integer).notNull()
                table.primaryKey(["run", "name"])
            }
            try database.create(table: "measurement", options: .withoutRowID) { table in
                table.column("run", .integer).notNull().references("run", onDelete: .cascade)
                table.column("name", .text).notNull()
                table.column("epoch", .integer).notNull()
                // Null for NaN, which SQLite does not have.
                table.column("value", .double)
                table.primaryKey(["run", "name", "epoch"])
            }
        }
        return migrator
    }

    /// Refuses a file that is not ours or that is ahead of us, and marks a new one.
    ///
    /// - Throws: `RunStoreError` of kind `foreign` or `newer`.
    static func claim(_ database: Database, path: String) throws {
        let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if id == applicationID {
            if try migrator.hasBeenSuperseded(database) { throw RunStoreError(path, .newer) }
            return
        }
        let tables = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema") ?? 0
        guard id == 0, tables == 0 else { throw RunStoreError(path, .foreign) }
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
}
