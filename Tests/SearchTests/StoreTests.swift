import Foundation
import GRDB
import Testing
import Training

@testable import Search

/// What the run store promises: nothing is lost, two may use it, and what it cannot do it says.
struct StoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.path("a/b/runs.sqlite") }

    /// What a small training made.
    private static let epochs: [EpochRecord] = {
        guard let trainer = try? Bench.makeTrainer() else { preconditionFailure("the settings are valid") }
        trainer.train(epochs: 3)
        return trainer.history.epochs
    }()

    private func begin(_ store: RunStore, model: String = "net") throws -> Int64 {
        try store.begin(
            model: model, settings: [RunSetting("rate", "0.1"), RunSetting("batch", "16")], started: 1_000)
    }

    private func failure(_ body: () throws -> Void) -> RunStoreError.Kind? {
        do {
            try body()
            return nil
        } catch { return (error as? RunStoreError)?.kind }
    }

    @Test func aRunIsKeptAsItWas() throws {
        let id = try begin(RunStore(path: path))
        let store = try RunStore(path: path)
        for epoch in Self.epochs { try store.append(epoch, to: id) }
        // A second time is not a second epoch.
        try store.append(Self.epochs[2], to: id)
        try store.finish(id, .finished)
        try store.note("good", on: id)
        let run = try RunStore(path: path).run(id)
        #expect(run.model == "net" && run.started == 1_000 && run.status == .finished && run.note == "good")
        #expect(run.settings == [RunSetting("rate", "0.1"), RunSetting("batch", "16")])
        #expect(run.epochs == 3 && run.trial == nil)
        #expect(run.curves["loss"]?.map(\.value) == Self.epochs.map(\.trainLoss))
        #expect(run.curves["val.accuracy"]?.map(\.value) == Self.epochs.compactMap(\.validationAccuracy))
        #expect(run.curves["rate"]?.map(\.epoch) == [1, 2, 3])
        #expect(run.curveNames.prefix(4) == ["loss", "accuracy", "val.loss", "val.accuracy"])
    }

    @Test func nanIsKept() throws {
        let store = try RunStore(path: path)
        let id = try begin(store)
        try store.write { database in
            for (epoch, value) in [Double.nan, .infinity].enumerated() {
                try database.execute(
                    sql: "INSERT INTO measurement (run, name, epoch, value) VALUES (?, 'loss', ?, ?)",
                    arguments: [id, epoch, value.isNaN ? nil : value])
            }
        }
        let values = try store.run(id).curves["loss"]?.map(\.value) ?? []
        #expect(values.count == 2 && values[0].isNaN && values[1] == .infinity)
    }

    @Test func runsAreListedNewestFirstAndDeleted() throws {
        let store = try RunStore(path: path)
        let ids = try (1...4).map { try begin(store, model: "net\($0)") }
        #expect(try store.runs(newest: 3, withTrials: false).map(\.model) == ["net4", "net3", "net2"])
        // All or nothing.
        #expect(failure { try store.delete([ids[0], 99]) } == .noRun(99))
        #expect(try store.runs(newest: 9, withTrials: false).count == 4)
        try store.delete([ids[0], ids[3]])
        #expect(try store.runs(newest: 9, withTrials: false).map(\.model) == ["net3", "net2"])
        // A number is never used again.
        #expect(try begin(store) == ids[3] + 1)
        #expect(failure { _ = try store.run(ids[0]) } == .noRun(ids[0]))
        #expect(failure { try store.note("x", on: ids[0]) } == .noRun(ids[0]))
    }

    // MARK: Several at once

    @Test func twoConnectionsSeeEachOther() throws {
        let (a, b) = (try RunStore(path: path), try RunStore(path: path))
        let (first, second) = (try begin(a, model: "a"), try begin(b, model: "b"))
        for epoch in Self.epochs {
            try a.append(epoch, to: first)
            try b.append(epoch, to: second)
        }
        #expect(try a.runs(newest: 9, withTrials: false) == b.runs(newest: 9, withTrials: false))
        #expect(try a.run(second).epochs == 3)
    }

    /// Opened and written by many at once from the moment it is made.
    @Test func manyWritersLoseNothing() async throws {
        let path = path
        await withTaskGroup(of: Int.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    guard let store = try? RunStore(path: path) else { return 0 }
                    return (0..<10).count { _ in
                        (try? store.begin(model: "net\(writer)", settings: [], started: 0)) != nil
                    }
                }
            }
            for await written in group { #expect(written == 10) }
        }
        #expect(try RunStore(path: path).runs(newest: 1000, withTrials: false).count == 80)
    }

    @Test func aLockedStoreIsAnErrorAfterAWhileAndReadsGoOn() throws {
        let store = try RunStore(path: path, patience: 0.05)
        _ = try begin(store)
        let other = try DatabaseQueue(path: path)
        try other.inDatabase { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            #expect(failure { _ = try begin(store) } == .locked)
            #expect(try store.runs(newest: 9, withTrials: false).count == 1)
            try database.execute(sql: "COMMIT")
        }
        _ = try begin(store)
    }

    // MARK: Files that are none

    private func write(_ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(
            atPath: folder.path("a/b"), withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    }

    @Test func aDamagedFileIsRefusedAndStays() throws {
        let bytes = Array("This is no database. ".utf8) + [UInt8](repeating: 7, count: 5000)
        try write(bytes)
        #expect(failure { _ = try RunStore(path: path, patience: 0.05) } == .damaged)
        #expect(FileManager.default.contents(atPath: path) == Data(bytes))
    }

    @Test func aStoreCutShortIsRefused() throws {
        do {
            let store = try RunStore(path: path)
            for _ in 0..<50 { _ = try begin(store) }
            try store.write { _ in }
            try DatabaseQueue(path: path).inDatabase { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
        let whole = try #require(FileManager.default.contents(atPath: path))
        try write(Array(whole.prefix(whole.count / 3)))
        #expect(
            failure { _ = try RunStore(path: path, patience: 0.05).runs(newest: 99, withTrials: true) }
                == .damaged)
    }

    @Test func anEmptyFileBecomesAStore() throws {
        try write([])
        _ = try begin(RunStore(path: path))
    }

    @Test func anotherProgramsDatabaseIsLeftAlone() throws {
        try write([])
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE mine (x)") }
        #expect(failure { _ = try RunStore(path: path) } == .foreign)
        let tables = try DatabaseQueue(path: path).read {
            try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
        }
        #expect(tables == ["mine"])
    }

    @Test func aNewerStoreIsRefused() throws {
        _ = try begin(RunStore(path: path))
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('something later')")
        }
        #expect(failure { _ = try RunStore(path: path) } == .newer)
    }

    @Test func aFolderThatCannotBeIsAnError() throws {
        try write([])
        let kind = failure { _ = try RunStore(path: path + "/runs.sqlite", patience: 0.05) }
        guard case .other = kind else {
            Issue.record("\(String(describing: kind))")
            return
        }
    }

    @Test func theFolderItselfIsNoStore() throws {
        #expect(failure { _ = try RunStore(path: folder.url.path, patience: 0.05) } != nil)
    }
}
