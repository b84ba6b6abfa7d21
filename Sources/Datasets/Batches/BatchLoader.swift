import Tensors

/// One pass over a set in mini-batches, which background threads make ahead of time.
///
/// What is in a batch depends only on the set, the streams and the batch's position, never on timing or the number of
/// threads. The buffers of batches that the caller has let go of are used again; a batch that is kept never changes.
package final class BatchLoader {
    /// One in the caller's hands, one ready, one in the making.
    private static let bufferCount = 3
    /// As many as there are processors, but not so many that they only wait for each other.
    package static let usualThreads = min(Machine.processors, 8)

    private let line: Monitor<AssemblyLine>
    private let threads: [BackgroundThread]

    /// `augment` is the stream of this epoch: an image's changes depend on it and on the image's index in the set.
    /// The first `start` images of the order are left out: a resumed epoch.
    package init(
        _ set: ImageSet, normalization: Normalization,
        augmentations: AugmentationPipeline = AugmentationPipeline(),
        augment: RandomStream = RandomStream(key: 0), order: BatchOrder, batchSize: Int,
        startingAt start: Int = 0, threads: Int = usualThreads
    ) {
        precondition(batchSize >= 1, "a batch of at least one image")
        precondition((0...set.count).contains(start), "\(start) of \(set.count) images")
        precondition(threads >= 1, "at least one thread")
        let batchSize = min(batchSize, max(set.count, 1))
        let assemblies = (0..<Self.bufferCount).map { _ in
            Assembly(capacity: batchSize, of: set)
        }
        let line = Monitor(
            AssemblyLine(free: assemblies, labels: set.labels, start: start, batchSize: batchSize))
        self.line = line
        let maker = BatchMaker(
            set, normalization, augmentations, augment: augment, repeatsImages: order.repeatsImages)
        self.threads = (0..<threads).map { thread in
            BackgroundThread {
                if thread == 0 {
                    let order = order.indices(count: set.count)
                    line.withLock { $0.order = order }
                }
                Self.run(maker, line)
            }
        }
    }

    deinit {
        line.withLock { $0.isCancelled = true }
        for thread in threads { thread.join() }
    }

    /// The next batch, or nil after the last. Let go of the one before first, or its memory cannot be used again.
    ///
    /// - Throws: `DatasetError` if an image of that batch cannot be read, and from then on.
    package func next() throws(DatasetError) -> Batch? { try line.wait { $0.takeBatch() }.get() }

    private static func run(_ maker: BatchMaker, _ line: Monitor<AssemblyLine>) {
        let scratch = Scratch()
        while case .make(let task) = line.wait({ $0.takeTask() }) {
            let failure = task.assembly.fill(task, maker, scratch)
            let isLast = line.withLock { _ in task.assembly.accept(task, failure) }
            guard isLast else { continue }
            task.assembly.finish(maker, scratch)
            line.withLock { _ in task.assembly.isReady = true }
        }
    }
}
