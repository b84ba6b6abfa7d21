import CKernels
import Tensors

/// A gradient of its own for every shard, of a layer's parameters: no thread waits for another, and the sum is
/// taken in shard order.
final class ShardGradients {
    /// How many parts a batch is cut into.
    let shards: Int
    private let parameters: [Parameter]
    /// Where each parameter begins in a shard's part, and at the end the size of a part.
    private let offsets: [Int]
    private let sums: Buffer<Float>

    init(of parameters: [Parameter], shards: Int = Workers.shardCount) {
        self.shards = shards
        self.parameters = parameters
        var offsets = [0]
        // Rounded up to whole cache lines, which two threads should not share.
        for parameter in parameters {
            offsets.append(offsets[offsets.count - 1] + (parameter.value.count + 15) / 16 * 16)
        }
        self.offsets = offsets
        sums = Buffer(zeros: offsets[offsets.count - 1] * shards)
    }

    private var partSize: Int { offsets[offsets.count - 1] }

    /// The shard's gradient of the parameter with this index.
    func pointer(_ parameter: Int, _ shard: Int) -> UnsafeMutablePointer<Float> {
        sums.pointer + shard * partSize + offsets[parameter]
    }

    func clear(_ shard: Int) { (sums.pointer + shard * partSize).update(repeating: 0, count: partSize) }

    /// Adds the shards of the pass, which must all have been cleared and filled, to the parameters' gradients.
    func addToParameters(_ pass: Pass) {
        for (index, parameter) in parameters.enumerated() {
            parameter.gradient.withUnsafeMutableBufferPointer { gradient in
                pass.workers.forEach(
                    Workers.shardCount,
                    Addition(sums: self, parameter: index, count: pass.count, gradient: gradient))
            }
        }
    }

    /// Each item is a run of the parameter's scalars.
    private struct Addition: ParallelWork {
        let sums: ShardGradients
        let parameter: Int
        /// Images.
        let count: Int
        let gradient: UnsafeMutableBufferPointer<Float>

        func run(item: Int, thread: Int) {
            guard let base = gradient.baseAddress else { return }
            let scalars = Workers.shard(item, of: gradient.count)
            for shard in 0..<sums.shards where !Workers.shard(shard, of: count, shards: sums.shards).isEmpty {
                cairn_scale_add(
                    scalars.count, 1, sums.pointer(parameter, shard) + scalars.lowerBound, 1,
                    base + scalars.lowerBound)
            }
        }
    }
}
