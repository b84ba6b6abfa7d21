import Tensors

/// One pass over a set in mini-batches, which a background thread makes ahead of time.
///
/// What is in a batch depends only on the set, the streams and the batch's position, never on timing. The buffers
/// of batches that the caller has let go of are used again; a batch that is kept never changes.
package final class BatchLoader {
    /// One in the caller's hands, one ready, one in the making.
    private static let bufferCount = 3

    private let ring: Monitor<Ring>
    private let thread: BackgroundThread

    /// `augment` is the stream of this epoch: an image's changes depend on it and on the image's index in the set.
    /// The first `start` images of the order are left out: a resumed epoch.
    package init(
        _ set: ImageSet, normalization: Normalization,
        augmentations: AugmentationPipeline = AugmentationPipeline(),
        augment: RandomStream = RandomStream(key: 0), order: BatchOrder, batchSize: Int,
        startingAt start: Int = 0
    ) {
        precondition(batchSize >= 1, "a batch of at least one image")
        precondition((0...set.count).contains(start), "\(start) of \(set.count) images")
        let batchSize = min(batchSize, max(set.count, 1))
        let empty = {
            Batch(
                images: Tensor(zeros: Shape([batchSize] + set.imageShape.extents)), labels: [], count: 0,
                position: 0)
        }
        let ring = Monitor(Ring(free: (0..<Self.bufferCount).map { _ in empty() }))
        self.ring = ring
        let maker = BatchMaker(
            set: set, scale: normalization.scale, shift: normalization.shift, augmentations: augmentations,
            augment: augment)
        thread = BackgroundThread {
            Self.run(
                maker, indices: order.indices(count: set.count), from: start, batchSize: batchSize, ring: ring
            )
        }
    }

    deinit {
        ring.withLock { $0.isCancelled = true }
        thread.join()
    }

    /// The next batch, or nil after the last. Let go of the one before first, or its memory cannot be used again.
    ///
    /// - Throws: `DatasetError` if an image of that batch cannot be read, and from then on.
    package func next() throws(DatasetError) -> Batch? {
        let next: Result<Batch?, DatasetError> = ring.wait { ring in
            if let lent = ring.lent.take() { ring.free.append(lent) }
            if ring.ready.isEmpty { return ring.end?.map { nil } }
            ring.lent = ring.ready.removeFirst()
            return .success(ring.lent)
        }
        return try next.get()
    }

    private static func run(
        _ maker: BatchMaker, indices: [Int], from start: Int, batchSize: Int, ring: Monitor<Ring>
    ) {
        let scratch = BatchMaker.Scratch(imageShape: maker.set.imageShape)
        var batch = Batch(images: Tensor(zeros: [0]), labels: [], count: 0, position: 0)
        for position in stride(from: start, to: indices.count, by: batchSize) {
            let isCancelled: Bool = ring.wait { ring in
                if ring.isCancelled { return true }
                if ring.free.isEmpty { return nil }
                // Moved, so that it is ours alone and is written in place.
                batch = ring.free.removeLast()
                return false
            }
            if isCancelled { return }
            let places = position..<min(position + batchSize, indices.count)
            do throws(DatasetError) {
                try maker.fill(&batch, with: indices[places], scratch: scratch)
            } catch {
                ring.withLock { $0.end = .failure(error) }
                return
            }
            ring.withLock { $0.ready.append(batch) }
        }
        ring.withLock { $0.end = .success(()) }
    }
}

/// Where the buffers are.
private struct Ring: Sendable {
    var free: [Batch]
    var ready: [Batch] = []
    /// What the caller got last.
    var lent: Batch?
    /// How the pass ends, once no more batches are made.
    var end: Result<Void, DatasetError>?
    var isCancelled = false
}
