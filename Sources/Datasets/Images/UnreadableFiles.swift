/// What to do with a file that cannot be read or decoded.
package enum UnreadablePolicy: String, CaseIterable, Sendable {
    /// Stop, naming the file.
    case error
    /// Let the next image of its class take its place, and remember the file.
    case skip
}

/// The files of a store that could not be read so far; several threads may add to it at once.
package final class UnreadableFiles: Sendable {
    package let policy: UnreadablePolicy
    private let errors: Monitor<[Int: DatasetError]>

    package init(_ policy: UnreadablePolicy) {
        self.policy = policy
        errors = Monitor([:])
    }

    /// Why, in the order of the files.
    package var found: [DatasetError] {
        errors.withLock { errors in errors.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// Why file `index` is known to be unreadable, if it is.
    subscript(_ index: Int) -> DatasetError? { errors.withLock { $0[index] } }

    func add(_ error: DatasetError, of index: Int) { errors.withLock { $0[index] = error } }
}
