import Tensors

/// A layer at work: what an executor calls once per step and direction.
///
/// An operation allocates what it needs when it is made. Images are shared out by `Pass.forEachShard`; anything
/// summed over images is kept apart per shard and added in shard order, so that the number of threads changes
/// no bit.
package protocol Operation: AnyObject {
    /// Floats of scratch that each thread needs during `forward` and `backward`.
    var scratchCount: Int { get }

    /// Whether `backward` may be given one and the same memory for the output's and the input's gradient.
    var worksInPlace: Bool { get }

    /// Takes over the next layer of the model if this operation can compute it as well, and says whether it did.
    func absorb(_ next: PlacedLayer) -> Bool

    /// Readies the parameters for one step: called before the forward pass, maybe beside other operations' calls.
    func prepare(isTraining: Bool)

    /// Computes `pass.output` from `pass.input`.
    func forward(_ pass: Pass)

    /// Adds the parameters' gradients, and writes the input's unless nobody needs it.
    ///
    /// May overwrite the output's gradient.
    func backward(_ pass: Pass, _ gradients: PassGradients)

    /// Writes the output of the first layer of several that this operation stands for, as `index` says, in the last
    /// forward pass; the last layer's is in `pass.output`.
    func writeActivation(ofAbsorbing index: Int, _ pass: Pass, to activation: UnsafeMutablePointer<Float>)
}

extension Operation {
    package var scratchCount: Int { 0 }
    package var worksInPlace: Bool { false }
    package func absorb(_ next: PlacedLayer) -> Bool { false }
    package func prepare(isTraining: Bool) {}
    package func writeActivation(
        ofAbsorbing index: Int, _ pass: Pass, to activation: UnsafeMutablePointer<Float>
    ) {
        preconditionFailure("an operation that absorbs no layer has only one activation")
    }
}

/// What an operation works on: memory that is valid until the call returns.
package struct Pass {
    /// Images in this batch, at most the plan's batch size.
    package let count: Int
    package let mode: Mode
    package let workers: Workers
    /// `[count]` images as the operation's first layer takes them.
    package let input: UnsafePointer<Float>
    /// `[count]` images as its last layer gives them.
    package let output: UnsafeMutablePointer<Float>
    fileprivate let scratch: UnsafeMutablePointer<Float>
    fileprivate let scratchStride: Int

    package init(
        count: Int, mode: Mode, workers: Workers, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>, scratchStride: Int
    ) {
        self.count = count
        self.mode = mode
        self.workers = workers
        self.input = input
        self.output = output
        self.scratch = scratch
        self.scratchStride = scratchStride
    }

    /// The scratch of one thread: `Operation.scratchCount` floats of any content.
    package func scratch(_ thread: Int) -> UnsafeMutablePointer<Float> { scratch + thread * scratchStride }

    /// Calls `body` for every shard that has images, on any thread, and waits.
    package func forEachShard(_ body: (_ shard: Int, _ images: Range<Int>, _ thread: Int) -> Void) {
        workers.forEach(Workers.shardCount) { shard, thread in
            let images = Workers.shard(shard, of: count)
            if !images.isEmpty { body(shard, images, thread) }
        }
    }
}

/// The gradients of the loss with respect to what an operation gives and takes, `[count]` images each.
package struct PassGradients {
    package let output: UnsafeMutablePointer<Float>
    /// Nil if nothing before the operation is trained.
    package let input: UnsafeMutablePointer<Float>?

    package init(output: UnsafeMutablePointer<Float>, input: UnsafeMutablePointer<Float>?) {
        self.output = output
        self.input = input
    }
}

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
