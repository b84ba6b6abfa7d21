import CKernels
import Tensors

/// Convolution on the kernels' packed weights. It also applies a `relu` that follows it, and after that a `maxpool 2` with
/// its `dropout`, shard by shard, while what it gave is still in the cache.
final class ConvolutionOperation: Operation {
    /// What follows the convolution.
    private enum Tail {
        case nothing
        case relu
        /// What the convolution itself gives is in scratch, some images at a time.
        case pooling(RectifiedPooling)
    }

    let algorithm: String?

    private let geometry: Buffer<cairn_convolution>
    private let batchSize: Int
    /// Scalars of one image.
    private let convolvedSize: Int
    private let weight: Parameter
    private let bias: Parameter?
    private var tail = Tail.nothing

    // The step's own copies: the parameters may change before somebody asks for an activation.
    private let forwardWeight: Buffer<Float>
    private let backwardWeight: Buffer<Float>
    private let forwardBias: Buffer<Float>

    private let gradients: ShardGradients

    init(_ convolution: Convolution, _ layer: PlacedLayer, _ settings: PlanSettings) {
        let (geometry, choice) = convolution.kernelGeometry(settings)
        algorithm = choice.rawValue
        self.geometry = Buffer(repeating: geometry, count: 1)
        batchSize = settings.batchSize
        convolvedSize = layer.output.count
        weight = layer.parameters[0]
        bias = layer.parameters.dropFirst().first
        forwardWeight = Buffer(zeros: cairn_convolution_packed_size(self.geometry.pointer))
        backwardWeight = Buffer(zeros: cairn_convolution_packed_size(self.geometry.pointer))
        forwardBias = Buffer(zeros: layer.output[2])
        gradients = ShardGradients(of: layer.parameters, shards: Self.shards(of: layer))
    }

    /// A shard's weight gradient is cleared, filled and added up: for large weights, with few images each, that costs
    /// as much as the sum itself, and memory.
    static func shards(of layer: PlacedLayer) -> Int {
        layer.parameterCount < largeWeight ? Workers.shardCount : Workers.shardCount / 2
    }

    private static let largeWeight = 30_000

    func absorb(_ next: PlacedLayer) -> Bool {
        switch tail {
        case .nothing where next.layer is ReLU:
            tail = .relu
            return true
        case .relu:
            guard let pooling = RectifiedPooling(next, batchSize: batchSize) else { return false }
            tail = .pooling(pooling)
            return true
        case .pooling(let pooling): return pooling.absorb(next)
        default: return false
        }
    }

    var scratchCount: Int {
        guard case .pooling = tail else { return kernelScratch }
        // Backward, the gradient of a shard's images before they were pooled; forward, those of fewer.
        let images = (batchSize + gradients.shards - 1) / gradients.shards
        return kernelScratch + max(images, imagesAtOnce) * convolvedSize
    }

    private var kernelScratch: Int { cairn_convolution_scratch(geometry.pointer) }

    /// As many as stay in a core's own cache until they are pooled, half a megabyte.
    private var imagesAtOnce: Int { max((1 << 17) / convolvedSize, 1) }

    func prepare(goesBack: Bool) {
        weight.value.withUnsafeBufferPointer { weight in
            cairn_convolution_pack_forward(geometry.pointer, weight.baseAddress, forwardWeight.pointer)
            guard goesBack else { return }
            cairn_convolution_pack_backward(geometry.pointer, weight.baseAddress, backwardWeight.pointer)
        }
        bias?.value.withUnsafeBufferPointer { bias in
            guard let base = bias.baseAddress else { return }
            forwardBias.pointer.update(from: base, count: bias.count)
        }
    }

    func forward(_ pass: Pass) {
        if case .pooling(let pooling) = tail { pooling.begin(pass.mode) }
        pass.forEachShard(self) { layer, shard in
            switch layer.tail {
            case .nothing: layer.convolve(shard, relu: false, into: shard.output)
            case .relu: layer.convolve(shard, relu: true, into: shard.output)
            case .pooling(let pooling):
                layer.forEachGroup(of: shard) { group, convolved in pooling.forward(group, from: convolved) }
            }
        }
    }

    func writeActivation(ofAbsorbing index: Int, _ pass: Pass) {
        // Computed once more, because it has not been kept.
        pass.forEachShard((self, index)) { owner, shard in
            let (layer, index) = owner
            switch layer.tail {
            case .pooling(let pooling) where index == 2:
                layer.forEachGroup(of: shard) { group, convolved in
                    pooling.writeMaximum(group, from: convolved)
                }
            default: layer.convolve(shard, relu: index == 1, into: shard.output)
            }
        }
    }

    /// Convolves some of the shard's images at a time, into scratch.
    private func forEachGroup(of shard: Shard, _ body: (Shard, UnsafeMutablePointer<Float>) -> Void) {
        let convolved = shard.scratch + kernelScratch
        for first in stride(from: 0, to: shard.count, by: imagesAtOnce) {
            let group = shard.part(first..<min(first + imagesAtOnce, shard.count))
            convolve(group, relu: false, into: convolved)
            body(group, convolved)
        }
    }

    private func convolve(_ shard: Shard, relu: Bool, into output: UnsafeMutablePointer<Float>) {
        cairn_convolution_forward(
            geometry.pointer, shard.count, shard.input, forwardWeight.pointer,
            bias == nil ? nil : forwardBias.pointer, relu, output, shard.scratch)
    }

    func backward(_ pass: Pass, _ passGradients: PassGradients) {
        pass.forEachShard(self, passGradients, shards: gradients.shards) { layer, shard, shardGradients in
            layer.backpropagate(shard, shardGradients)
        }
        gradients.addToParameters(pass)
    }

    private func backpropagate(_ shard: Shard, _ shardGradients: PassGradients) {
        let convolvedGradient: UnsafeMutablePointer<Float>
        switch tail {
        case .nothing: convolvedGradient = shardGradients.output
        case .relu:
            convolvedGradient = shardGradients.output
            cairn_relu_backward(shard.outputCount, shard.output, convolvedGradient, convolvedGradient)
        case .pooling(let pooling):
            convolvedGradient = shard.scratch + kernelScratch
            pooling.backward(shard, shardGradients.output, into: convolvedGradient)
        }
        gradients.clear(shard.index)
        cairn_convolution_backward_weight(
            geometry.pointer, shard.count, shard.input, convolvedGradient, gradients.pointer(0, shard.index),
            bias == nil ? nil : gradients.pointer(1, shard.index), shard.scratch)
        if let inputGradient = shardGradients.input {
            cairn_convolution_backward_input(
                geometry.pointer, shard.count, convolvedGradient, backwardWeight.pointer, inputGradient,
                shard.scratch)
        }
    }
}
