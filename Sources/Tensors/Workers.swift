import CKernels

/// The threads that share out each layer's work.
///
/// Work is cut into `shardCount` pieces whatever the number of threads, and partial sums are added in shard
/// order, so that the same seed gives the same bits for any number of threads.
package final class Workers: @unchecked Sendable {
    /// Enough for 8 cores; more would cost memory for private weight gradients.
    package static let shardCount = 8

    package let threads: Int
    private let pool: OpaquePointer

    package init(threads: Int) {
        precondition(threads >= 1, "at least one thread")
        guard let pool = cairn_pool_create(Int32(threads)) else {
            preconditionFailure("cannot start \(threads) threads")
        }
        self.pool = pool
        self.threads = threads
    }

    deinit { cairn_pool_destroy(pool) }

    /// Calls `body(item, thread)` for every item, on any thread, and waits. Not re-entrant.
    package func forEach(_ count: Int, _ body: (_ item: Int, _ thread: Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            var body = body
            withUnsafeMutablePointer(to: &body) { context in
                cairn_pool_run(pool, count, context) { context, item, thread in
                    guard let context else { return }
                    let body = context.assumingMemoryBound(to: ((Int, Int) -> Void).self)
                    body.pointee(item, Int(thread))
                }
            }
        }
    }

    /// The images of one shard: `count` images cut into `shardCount` runs as equal as possible, some maybe empty.
    package static func shard(_ index: Int, of count: Int) -> Range<Int> {
        count * index / shardCount..<count * (index + 1) / shardCount
    }
}
