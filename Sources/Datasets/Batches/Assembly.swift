import Tensors

/// Batches on their way: being made by several threads, ready in order, in the caller's hands, or free.
struct AssemblyLine: Sendable {
    private var free: [Assembly]
    /// Being made, or ready, in the order of the pass.
    private var queue: [Assembly] = []
    /// What the caller got last.
    private var lent: Assembly?
    /// The first place of the order that no batch has got yet.
    private var nextPlace: Int
    private let batchSize: Int
    private let labels: [Int32]
    private var failure: DatasetError?

    /// The images' indices in the order of the pass, once they are known.
    var order: [Int]?
    var isCancelled = false

    init(free: [Assembly], labels: [Int32], start: Int, batchSize: Int) {
        self.free = free
        self.labels = labels
        nextPlace = start
        self.batchSize = batchSize
    }

    /// What a thread does next; nil if it has to wait.
    mutating func takeTask() -> NextTask? {
        if isCancelled || failure != nil { return .done }
        guard let order else { return nil }
        if let assembly = queue.last, let slots = assembly.claim() {
            return .make(AssemblyTask(assembly: assembly, slots: slots, order: order))
        }
        guard nextPlace < order.count else { return .done }
        guard let assembly = free.popLast() else { return nil }
        let places = nextPlace..<min(nextPlace + batchSize, order.count)
        nextPlace = places.upperBound
        assembly.begin(places, order: order, labels: labels)
        queue.append(assembly)
        return takeTask()
    }

    /// The next batch in order, none after the last, nil if it has to be waited for.
    mutating func takeBatch() -> Result<Batch?, DatasetError>? {
        if let lent = lent.take() { free.append(lent) }
        if let failure { return .failure(failure) }
        guard let first = queue.first else { return nextPlace == order?.count ? .success(nil) : nil }
        guard first.isReady else { return nil }
        queue.removeFirst()
        if let failure = first.failure {
            self.failure = failure
            return .failure(failure)
        }
        lent = first
        return .success(first.batch)
    }
}

/// What a thread does next.
enum NextTask: Sendable {
    case make(AssemblyTask)
    /// No images are left for it.
    case done
}

/// Some images of a batch for one thread to make.
struct AssemblyTask: Sendable {
    let assembly: Assembly
    let slots: Range<Int>
    let order: [Int]
}

/// A batch in the making. Threads write to slots of their own; all else is done under the line's lock, or by the one
/// that made the last image.
final class Assembly: @unchecked Sendable {
    private(set) var batch: Batch
    /// Of each slot, in segmentation.
    private let masks: Buffer<UInt8>?
    /// So many images a thread takes at once: enough to be worth the lock.
    private let slotsAtATime: Int

    private var pixels: UnsafeMutablePointer<Float>
    /// Where its first image stands in the order, and how many it has: read while others finish the batch.
    private var places = 0..<0
    private var claimed = 0
    private var finished = 0
    private(set) var failure: DatasetError?
    private var failedSlot = Int.max
    var isReady = false

    init(capacity: Int, of set: ImageSet) {
        let shape = set.imageShape
        batch = Batch(
            images: Tensor(zeros: Shape([capacity] + shape.extents)), labels: [], count: 0, position: 0)
        masks = set.hasMasks ? Buffer(zeros: capacity * shape[0] * shape[1]) : nil
        slotsAtATime = max((1 << 14) / shape.count, 1)
        pixels = batch.images.uniquePointer()
    }

    /// Starts over with the images at these places of the order.
    func begin(_ places: Range<Int>, order: [Int], labels: [Int32]) {
        (claimed, finished, failure, failedSlot, isReady) = (0, 0, nil, .max, false)
        self.places = places
        batch.position = places.lowerBound
        batch.count = places.count
        batch.labels.removeAll(keepingCapacity: true)
        if masks == nil { for index in order[places] { batch.labels.append(labels[index]) } }
        // New memory if the caller has kept the old one.
        pixels = batch.images.uniquePointer()
    }

    /// Some slots that nobody has begun yet; nil if there are none.
    func claim() -> Range<Int>? {
        guard claimed < places.count else { return nil }
        let slots = claimed..<min(claimed + slotsAtATime, places.count)
        claimed = slots.upperBound
        return slots
    }

    /// Makes the images of a task; the first that cannot be read, with the reason.
    func fill(
        _ task: AssemblyTask, _ maker: BatchMaker, _ scratch: Scratch
    ) -> (slot: Int, error: DatasetError)? {
        let shape = maker.set.imageShape
        for slot in task.slots {
            do throws(DatasetError) {
                try maker.make(
                    task.order[places.lowerBound + slot], place: places.lowerBound + slot,
                    at: pixels + slot * shape.count,
                    mask: masks.map { $0.pointer + slot * shape[0] * shape[1] }, scratch)
            } catch {
                return (slot, error)
            }
        }
        return nil
    }

    /// Takes a thread's work; whether it was the batch's last.
    func accept(_ task: AssemblyTask, _ failure: (slot: Int, error: DatasetError)?) -> Bool {
        // The first in order, whoever came upon it first.
        if let failure, failure.slot < failedSlot { (failedSlot, self.failure) = failure }
        finished += task.slots.count
        return finished == places.count
    }

    /// Labels pixels, and mixes images, when all are made.
    func finish(_ maker: BatchMaker, _ scratch: Scratch) {
        guard failure == nil else { return }
        if let masks {
            let count = masks.count / batch.images.shape[0] * batch.count
            for pixel in 0..<count { batch.labels.append(Int32(masks.pointer[pixel])) }
        }
        maker.finish(&batch, scratch)
    }
}
