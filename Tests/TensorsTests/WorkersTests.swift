import Synchronization
import Tensors
import Testing

struct WorkersTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 8, 1000])
    func everyItemIsDoneOnce(threads: Int, count: Int) {
        let workers = Workers(threads: threads)
        let done = Buffer<Int>(zeros: count)
        let threadsAreValid = Mutex(true)
        for _ in 0..<3 {
            workers.forEach(count) { item, thread in
                done.pointer[item] += 1
                if !(0..<threads).contains(thread) { threadsAreValid.withLock { $0 = false } }
            }
        }
        #expect(done.elements.allSatisfy { $0 == 3 })
        #expect(threadsAreValid.withLock { $0 })
    }

    @Test(arguments: [0, 1, 5, 8, 9, 128, 1001])
    func shardsAreARunEach(count: Int) {
        let shards = (0..<Workers.shardCount).map { Workers.shard($0, of: count) }
        #expect(shards.flatMap { $0 } == Array(0..<count))
        let sizes = shards.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
}
