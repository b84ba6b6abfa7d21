import Tensors

/// What a forward pass is for.
package enum Mode: Sendable {
    /// Statistics of the batch, and masks from this stream: the same stream draws the same masks.
    case training(dropout: RandomStream)
    /// Running statistics and no masks.
    case evaluation
    /// The same, and what the way back needs is kept: to ask what an answer depends on.
    case inspection

    package var isTraining: Bool {
        if case .training = self { true } else { false }
    }

    /// Whether a backward pass may follow.
    package var goesBack: Bool {
        if case .evaluation = self { false } else { true }
    }
}

/// One of the values that an operation joins, `size` scalars for each image; the pointer is to the first image.
package struct Operand {
    package let memory: UnsafePointer<Float>
    /// Scalars of one image.
    package let size: Int
}

/// Where the gradient with respect to an operand goes; nowhere if nothing before that is trained.
package struct OperandGradient {
    package let memory: UnsafeMutablePointer<Float>?
    /// Scalars of one image.
    package let size: Int
}

/// What an operation works on, once forward and once backward: memory that is valid until the call returns.
package struct Pass {
    /// Images in this batch, at most the plan's batch size.
    package let count: Int
    package let mode: Mode
    /// The share of the batch in running statistics; nil for each layer's own.
    package let statisticsMomentum: Double?
    package let workers: Workers
    /// `[count]` images as the operation's first layer takes them.
    package let input: UnsafePointer<Float>
    /// Scalars of one image.
    package let inputSize: Int
    /// What is joined with the input; none but where values are joined.
    package let others: [Operand]
    /// `[count]` images as its last layer gives them.
    package let output: UnsafeMutablePointer<Float>
    /// Scalars of one image.
    package let outputSize: Int
    fileprivate let scratch: UnsafeMutablePointer<Float>
    fileprivate let scratchStride: Int

    package init(
        count: Int, mode: Mode, statisticsMomentum: Double? = nil, workers: Workers,
        input: UnsafePointer<Float>, inputSize: Int, others: [Operand] = [],
        output: UnsafeMutablePointer<Float>, outputSize: Int,
        scratch: UnsafeMutablePointer<Float>, scratchStride: Int
    ) {
        self.count = count
        self.mode = mode
        self.statisticsMomentum = statisticsMomentum
        self.workers = workers
        self.input = input
        self.inputSize = inputSize
        self.others = others
        self.output = output
        self.outputSize = outputSize
        self.scratch = scratch
        self.scratchStride = scratchStride
    }

    /// One of its images, as a batch of its own of an operation that joins nothing.
    func image(_ index: Int) -> Pass {
        Pass(
            count: 1, mode: mode, statisticsMomentum: statisticsMomentum, workers: workers,
            input: input + index * inputSize, inputSize: inputSize, output: output + index * outputSize,
            outputSize: outputSize, scratch: scratch, scratchStride: scratchStride)
    }

    /// Calls `body` for every shard that has images, on any thread, and waits.
    ///
    /// `owner` is passed through, so that `body` captures nothing and nothing is allocated. A number of shards other
    /// than the usual must not depend on the number of threads.
    package func forEachShard<Owner>(
        _ owner: Owner, shards: Int = Workers.shardCount, _ body: @escaping (Owner, Shard) -> Void
    ) {
        workers.forEach(shards, ForwardWork(owner: owner, pass: self, shards: shards, body: body))
    }

    /// The same with the gradients of each shard.
    package func forEachShard<Owner>(
        _ owner: Owner, _ gradients: PassGradients, shards: Int = Workers.shardCount,
        _ body: @escaping (Owner, Shard, PassGradients) -> Void
    ) {
        workers.forEach(
            shards, BackwardWork(owner: owner, pass: self, gradients: gradients, shards: shards, body: body))
    }

    fileprivate func shard(_ index: Int, of shards: Int, thread: Int) -> Shard? {
        let images = Workers.shard(index, of: count, shards: shards)
        guard !images.isEmpty else { return nil }
        return Shard(
            index: index, images: images, batchCount: count, input: input + images.lowerBound * inputSize,
            inputSize: inputSize, others: others, output: output + images.lowerBound * outputSize,
            outputSize: outputSize,
            scratch: scratch + thread * scratchStride)
    }
}

/// The gradients of the loss with respect to what an operation gives and takes, as many images each as it has.
package struct PassGradients {
    package let output: UnsafeMutablePointer<Float>
    /// Nil if nothing before the operation is trained.
    package let input: UnsafeMutablePointer<Float>?
    /// Of what is joined with the input, in the order of `Pass.others`; for the whole batch.
    package let others: [OperandGradient]
    private let firstImage: Int

    package init(
        output: UnsafeMutablePointer<Float>, input: UnsafeMutablePointer<Float>?,
        others: [OperandGradient] = []
    ) {
        self.init(output: output, input: input, others: others, firstImage: 0)
    }

    private init(
        output: UnsafeMutablePointer<Float>, input: UnsafeMutablePointer<Float>?, others: [OperandGradient],
        firstImage: Int
    ) {
        self.output = output
        self.input = input
        self.others = others
        self.firstImage = firstImage
    }

    /// With respect to the value with this index among `others`; nil if there is none, or if nothing before that is
    /// trained.
    package func other(_ index: Int) -> UnsafeMutablePointer<Float>? {
        guard index < others.count else { return nil }
        return others[index].memory.map { $0 + firstImage * others[index].size }
    }

    fileprivate func of(_ shard: Shard) -> PassGradients {
        PassGradients(
            output: output + shard.images.lowerBound * shard.outputSize,
            input: input.map { $0 + shard.images.lowerBound * shard.inputSize }, others: others,
            firstImage: shard.images.lowerBound)
    }
}

/// A run of a batch's images, which one thread works on; the pointers are to the first of them.
package struct Shard {
    package let index: Int
    /// Which images of the batch; at least one.
    package let images: Range<Int>
    /// Images of the whole batch.
    package let batchCount: Int
    package let input: UnsafePointer<Float>
    /// Scalars of one image.
    package let inputSize: Int
    /// What is joined with the input; for the whole batch.
    package let others: [Operand]
    package let output: UnsafeMutablePointer<Float>
    /// Scalars of one image.
    package let outputSize: Int
    /// `Operation.scratchCount` floats of any content.
    package let scratch: UnsafeMutablePointer<Float>

    /// Images.
    package var count: Int { images.count }
    /// Scalars of all images.
    package var outputCount: Int { images.count * outputSize }

    /// The value with this index among `others`; nil if there is none.
    package func other(_ index: Int) -> UnsafePointer<Float>? {
        guard index < others.count else { return nil }
        return others[index].memory + images.lowerBound * others[index].size
    }

    /// Some of its images, counted from its first one.
    package func part(_ range: Range<Int>) -> Shard {
        Shard(
            index: index, images: images.lowerBound + range.lowerBound..<images.lowerBound + range.upperBound,
            batchCount: batchCount, input: input + range.lowerBound * inputSize, inputSize: inputSize,
            others: others, output: output + range.lowerBound * outputSize, outputSize: outputSize,
            scratch: scratch)
    }
}

private struct ForwardWork<Owner>: ParallelWork {
    let owner: Owner
    let pass: Pass
    let shards: Int
    let body: (Owner, Shard) -> Void

    func run(item: Int, thread: Int) {
        if let shard = pass.shard(item, of: shards, thread: thread) { body(owner, shard) }
    }
}

private struct BackwardWork<Owner>: ParallelWork {
    let owner: Owner
    let pass: Pass
    let gradients: PassGradients
    let shards: Int
    let body: (Owner, Shard, PassGradients) -> Void

    func run(item: Int, thread: Int) {
        if let shard = pass.shard(item, of: shards, thread: thread) {
            body(owner, shard, gradients.of(shard))
        }
    }
}
