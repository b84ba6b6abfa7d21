import GRDB
import Glibc

/// Runs and searches in one SQLite file, which several Cairns may use at once.
///
/// Writers wait for each other, at most `patience`; readers wait for nobody (write-ahead log).
package final class RunStore {
    package let path: String
    private let queue: DatabaseQueue

    /// In place of a path: the runs are kept in memory, and gone with the store.
    package static let memory = ":memory:"

    /// How long a locked file is waited for, in seconds.
    package static let usualPatience = 5.0

    /// Opens the file, and makes it with its folders if there is none.
    ///
    /// - Throws: `RunStoreError` if it cannot be used; then nothing has changed.
    package init(path: String, patience: Double = RunStore.usualPatience) throws(RunStoreError) {
        self.path = path
        Self.makeFolders(of: path)
        // Two that make the file at once may meet where SQLite does not wait.
        let deadline = ContinuousClock.now + .seconds(patience)
        while true {
            do throws(RunStoreError) {
                queue = try Self.open(path, patience: patience)
                return
            } catch {
                guard error.kind == .locked, ContinuousClock.now < deadline else { throw error }
                usleep(20_000)
            }
        }
    }

    private static func open(_ path: String, patience: Double) throws(RunStoreError) -> DatabaseQueue {
        try RunStoreError.wrapping(path) {
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(patience)
            if path != memory { configuration.journalMode = .wal }
            configuration.label = "runs"
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { database in try RunStoreSchema.claim(database, path: path) }
            try RunStoreSchema.migrator.migrate(queue)
            return queue
        }
    }

    private static func makeFolders(of path: String) {
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(RunStoreError) -> Result {
        try RunStoreError.wrapping(path) { try queue.read(body) }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws(RunStoreError) -> Result {
        try RunStoreError.wrapping(path) { try queue.write(body) }
    }
}
