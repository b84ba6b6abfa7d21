import CKernels
import Glibc
import Synchronization
import Testing

/// Counts how often each item was handed out, and whether two items ran under one thread number at once.
private final class Tally: Sendable {
    static let capacity = 300
    let hits: [Hit] = (0..<capacity).map { _ in Hit() }
    let busy: [Hit] = (0..<64).map { _ in Hit() }
    let clashes = Atomic(0)

    final class Hit: Sendable {
        let count = Atomic(0)
    }

    func reset() {
        for hit in hits { hit.count.store(0, ordering: .relaxed) }
    }

    /// The body of a run, `work` steps long.
    func run(on pool: OpaquePointer?, count: Int) {
        cairn_pool_run(pool, count, Unmanaged.passUnretained(self).toOpaque()) { context, item, thread in
            guard let context else { return }
            let tally = Unmanaged<Tally>.fromOpaque(context).takeUnretainedValue()
            let slot = tally.busy[Int(thread)]
            if slot.count.add(1, ordering: .relaxed).oldValue != 0 {
                tally.clashes.add(1, ordering: .relaxed)
            }
            tally.hits[item].count.add(1, ordering: .relaxed)
            slot.count.subtract(1, ordering: .relaxed)
        }
    }

    func isExactlyOnce(_ count: Int) -> Bool {
        hits.enumerated().allSatisfy { $1.count.load(ordering: .relaxed) == ($0 < count ? 1 : 0) }
    }
}

@Suite("Thread pool")
struct KernelPoolTests {
    @Test("every item runs exactly once, one at a time per thread number", arguments: [1, 2, 3, 4, 8, 33])
    func exactlyOnce(threads: Int32) {
        let pool = cairn_pool_create(threads)
        #expect(cairn_pool_threads(pool) == threads)
        let tally = Tally()
        for run in 0..<300 {
            let count = [0, 1, 2, 3, 7, 8, 31, 300][run % 8]
            tally.reset()
            tally.run(on: pool, count: count)
            #expect(tally.isExactlyOnce(count), "run \(run) of \(count) items")
        }
        #expect(tally.clashes.load(ordering: .relaxed) == 0)
        cairn_pool_destroy(pool)
    }

    /// Each item waits until the other one has begun, which takes two threads that are awake.
    @Test("threads that went to sleep wake up for the next run")
    func sleeping() {
        let pool = cairn_pool_create(2)
        let tally = Tally()
        for run in 0..<10 {
            tally.reset()
            usleep(UInt32(run % 3) * 1000)
            cairn_pool_run(pool, 2, Unmanaged.passUnretained(tally).toOpaque()) { context, item, _ in
                guard let context else { return }
                let hits = Unmanaged<Tally>.fromOpaque(context).takeUnretainedValue().hits
                hits[item].count.add(1, ordering: .relaxed)
                for _ in 0..<10_000 where hits[1 - item].count.load(ordering: .relaxed) == 0 { usleep(1000) }
                if hits[1 - item].count.load(ordering: .relaxed) > 0 {
                    hits[2].count.add(1, ordering: .relaxed)
                }
            }
            #expect(tally.hits[2].count.load(ordering: .relaxed) == 2, "run \(run)")
        }
        cairn_pool_destroy(pool)
    }

    @Test("the caller waits for items that take long")
    func slowItems() {
        let pool = cairn_pool_create(3)
        let tally = Tally()
        cairn_pool_run(pool, 3, Unmanaged.passUnretained(tally).toOpaque()) { context, item, thread in
            guard let context else { return }
            usleep(thread == 0 ? 1000 : 20_000)
            let tally = Unmanaged<Tally>.fromOpaque(context).takeUnretainedValue()
            tally.hits[item].count.add(1, ordering: .relaxed)
        }
        #expect(tally.isExactlyOnce(3))
        cairn_pool_destroy(pool)
    }

    @Test("pools come and go, inside one another's work too")
    func createAndDestroy() {
        for round in 0..<100 { cairn_pool_destroy(cairn_pool_create(Int32(1 + round % 5))) }
        let outer = cairn_pool_create(3)
        let total = Tally()
        cairn_pool_run(outer, 6, Unmanaged.passUnretained(total).toOpaque()) { context, _, _ in
            let inner = cairn_pool_create(2)
            cairn_pool_run(inner, 5, context) { context, item, _ in
                guard let context else { return }
                let total = Unmanaged<Tally>.fromOpaque(context).takeUnretainedValue()
                total.hits[item].count.add(1, ordering: .relaxed)
            }
            cairn_pool_destroy(inner)
        }
        cairn_pool_destroy(outer)
        #expect(total.hits.prefix(5).allSatisfy { $0.count.load(ordering: .relaxed) == 6 })
    }

    @Test("a pool without threads, or with absurdly many, is refused", arguments: [0, -1, 1_000_000])
    func refused(threads: Int32) {
        #expect(cairn_pool_create(threads) == nil)
    }
}
