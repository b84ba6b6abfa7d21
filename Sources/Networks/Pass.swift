import Tensors

/// What a forward pass is for.
package enum Mode: Sendable {
    /// Statistics of the batch, and masks from this stream: the same stream draws the same masks.
    case training(dropout: RandomStream)
    /// Running statistics and no masks.
    case evaluation

    package var isTraining: Bool {
        if case .training = self { true } else { false }
    }
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
    /// What is added before the last layers, as large as the output; nil unless a residual block ends here.
    package let shortcut: UnsafePointer<Float>?
    /// `[count]` images as its last layer gives them.
    package let output: UnsafeMutablePointer<Float>
    /// Scalars of one image.
    package let outputSize: Int
    fileprivate let scratch: UnsafeMutablePointer<Float>
    fileprivate let scratchStride: Int

    package init(
        count: Int, mode: Mode, statisticsMomentum: Double? = nil, workers: Workers,
        input: UnsafePointer<Float>, inputSize: Int,
        shortcut: UnsafePointer<Float>? = nil, output: UnsafeMutablePointer<Float>, outputSize: Int,
        scratch: UnsafeMutablePointer<Float>, scratchStride: Int
    ) {
        self.count = count
        self.mode = mode
        self.statisticsMomentum = statisticsMomentum
        self.workers = workers
        self.input = input
        self.inputSize = inputSize
        self.shortcut = shortcut
        self.output = output
        self.outputSize = outputSize
        self.scratch = scratch
        self.scratchStride = scratchStride
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
            inputSize: inputSize,
            shortcut: shortcut.map { $0 + images.lowerBound * outputSize },
            output: output + images.lowerBound * outputSize, outputSize: outputSize,
            scratch: scratch + thread * scratchStride)
    }
}

/// The gradients of the loss with respect to what an operation gives and takes, as many images each as it has.
package struct PassGradients {
    package let output: UnsafeMutablePointer<Float>
    /// Nil if nothing before the operation is trained.
    package let input: UnsafeMutablePointer<Float>?
    /// Nil without a shortcut, or if nothing before that is trained.
    package let shortcut: UnsafeMutablePointer<Float>?

    package init(
        output: UnsafeMutablePointer<Float>, input: UnsafeMutablePointer<Float>?,
        shortcut: UnsafeMutablePointer<Float>? = nil
    ) {
        self.output = output
        self.input = input
        self.shortcut = shortcut
    }

    /// One of a shard's images, counted from its first one, if these are the shard's gradients.
    package func part(_ image: Int, of shard: Shard) -> PassGradients {
        PassGradients(
            output: output + image * shard.outputSize, input: input.map { $0 + image * shard.inputSize },
            shortcut: shortcut.map { $0 + image * shard.outputSize })
    }

    fileprivate func of(_ shard: Shard) -> PassGradients {
        PassGradients(
            output: output + shard.images.lowerBound * shard.outputSize,
            input: input.map { $0 + shard.images.lowerBound * shard.inputSize },
            shortcut: shortcut.map { $0 + shard.images.lowerBound * shard.outputSize })
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
    /// As large as the output.
    package let shortcut: UnsafePointer<Float>?
    package let output: UnsafeMutablePointer<Float>
    /// Scalars of one image.
    package let outputSize: Int
    /// `Operation.scratchCount` floats of any content.
    package let scratch: UnsafeMutablePointer<Float>

    /// Images.
    package var count: Int { images.count }
    /// Scalars of all images.
    package var outputCount: Int { images.count * outputSize }

    /// Some of its images, counted from its first one.
    package func part(_ range: Range<Int>) -> Shard {
        Shard(
            index: index, images: images.lowerBound + range.lowerBound..<images.lowerBound + range.upperBound,
            batchCount: batchCount, input: input + range.lowerBound * inputSize, inputSize: inputSize,
            shortcut: shortcut.map { $0 + range.lowerBound * outputSize },
            output: output + range.lowerBound * outputSize, outputSize: outputSize, scratch: scratch)
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
