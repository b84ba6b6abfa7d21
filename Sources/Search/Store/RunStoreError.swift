import GRDB

/// A run store that cannot be used, or what it does not have.
package struct RunStoreError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Another process writes, and went on for longer than we waited.
        case locked
        /// The file or its folder may not be written.
        case readOnly
        /// No SQLite file, or one with broken parts.
        case damaged
        /// A database of another program.
        case foreign
        /// Made by a version of Cairn that knows more.
        case newer
        /// What SQLite says: a full disk, a missing folder.
        case other(String)
        case noRun(Int64)
    }

    package let path: String
    package let kind: Kind

    init(_ path: String, _ kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// What `body` returns; what it throws, in our terms.
    static func wrapping<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws(RunStoreError) -> Result {
        do {
            return try body()
        } catch let error as RunStoreError {
            throw error
        } catch let error as DatabaseError {
            throw RunStoreError(path, Kind(error))
        } catch {
            throw RunStoreError(path, .other("\(error)"))
        }
    }
}

extension RunStoreError.Kind {
    fileprivate init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged
        default: self = .other(error.message ?? "\(error.resultCode)")
        }
    }
}

extension RunStoreError: CustomStringConvertible {
    /// What was found and what is allowed: lower-case, no full stop.
    package var message: String {
        switch kind {
        case .locked: "the run store `\(path)` is locked by another process"
        case .readOnly: "the run store `\(path)` cannot be written"
        case .damaged: "`\(path)` is no run store, or a damaged one"
        case .foreign: "`\(path)` is the database of another program"
        case .newer: "the run store `\(path)` was made by a newer version of Cairn"
        case .other(let reason): "the run store `\(path)` cannot be used: \(reason)"
        case .noRun(let id): "there is no run \(id)"
        }
    }

    package var description: String { message }
}
