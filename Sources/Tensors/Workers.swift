import CKernels

/// The threads that share out each layer's work.
///
/// Work is cut into `shardCount` pieces whatever the number of threads, and partial sums are added in shard
/// order, so that the same seed gives the same bits for any number of threads.
package final class Workers: @unchecked Sendable {
    /// Enough for 8 cores; more would cost memory for private weight gradients.
    package static let shardCount = 8

    /// Counting the one that calls `forEach`.
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

    /// Runs every item of `work`, on any thread, and waits. Not re-entrant. Allocates nothing.
    package func forEach<Work: ParallelWork>(_ count: Int, _ work: Work) {
        withUnsafePointer(to: work) { work in
            var call = ParallelCall(type: Work.self, work: work)
            withUnsafeMutablePointer(to: &call) { call in
                cairn_pool_run(pool, count, call) { context, item, thread in
                    guard let context else { return }
                    let call = context.assumingMemoryBound(to: ParallelCall.self).pointee
                    call.type.run(call.work, item: item, thread: Int(thread))
                }
            }
        }
    }

    /// Calls `body(item, thread)` for every item, on any thread, and waits. Not re-entrant.
    ///
    /// Allocates a little for the closure: within a training step a `ParallelWork` does without.
    package func forEach(_ count: Int, _ body: (_ item: Int, _ thread: Int) -> Void) {
        withoutActuallyEscaping(body) { body in forEach(count, ParallelClosure(body: body)) }
    }

    /// The images of one shard: `count` images cut into `shards` runs as equal as possible, some maybe empty.
    ///
    /// A number of shards other than the usual must not depend on the number of threads.
    package static func shard(_ index: Int, of count: Int, shards: Int = shardCount) -> Range<Int> {
        count * index / shards..<count * (index + 1) / shards
    }
}

/// Work that is cut into items, which any thread may do in any order.
///
/// A struct rather than a closure, because a C function can be given a pointer to it on the caller's stack.
package protocol ParallelWork {
    func run(item: Int, thread: Int)
}

extension ParallelWork {
    fileprivate static func run(_ work: UnsafeRawPointer, item: Int, thread: Int) {
        work.assumingMemoryBound(to: Self.self).pointee.run(item: item, thread: thread)
    }
}

/// What C passes on: where the work is, and of which type.
private struct ParallelCall {
    let type: any ParallelWork.Type
    let work: UnsafeRawPointer
}

private struct ParallelClosure: ParallelWork {
    let body: (_ item: Int, _ thread: Int) -> Void

    func run(item: Int, thread: Int) { body(item, thread) }
}
