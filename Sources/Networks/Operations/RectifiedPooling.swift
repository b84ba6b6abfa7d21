import CKernels
import Tensors

/// `relu`, `maxpool 2` and maybe `dropout` after another operation, in one pass over what that gives.
///
/// A byte for each window remembers which of its four pixels gets the gradient, if any does.
final class RectifiedPooling {
    /// With dropout and without.
    private let geometries: Buffer<cairn_rectified_pooling>
    private let winners: Buffer<UInt8>
    /// Of one image.
    private let outputSize: Int
    private var dropout: DropoutMask?
    private var mode = Mode.evaluation

    /// Nil if the pooling is another one than that of windows of 2x2 side by side, incomplete ones left out.
    init?(_ layer: PlacedLayer, batchSize: Int) {
        guard let pool = layer.layer as? MaxPool2D, pool.halves(layer.input) else { return nil }
        let geometry = cairn_rectified_pooling(
            height: Int32(layer.input[0]), width: Int32(layer.input[1]), channels: Int32(layer.input[2]),
            dropout: 0)
        geometries = Buffer(repeating: geometry, count: 2)
        winners = Buffer(zeros: batchSize * layer.output.count)
        outputSize = layer.output.count
    }

    /// Takes over a `dropout` that follows, and says whether it did.
    func absorb(_ next: PlacedLayer) -> Bool {
        guard dropout == nil, let layer = next.layer as? Dropout else { return false }
        dropout = DropoutMask(next, probability: layer.probability)
        geometries.pointer[0].dropout = layer.probability
        return true
    }

    /// To be called before the shards of a forward pass.
    func begin(_ mode: Mode) {
        self.mode = mode
        dropout?.draw(mode)
    }

    /// `y = dropout(maxpool(relu(scale x + shift)))`, or `x` itself in place of `scale x + shift` without them.
    func forward(
        _ shard: Shard, from x: UnsafePointer<Float>, scale: UnsafePointer<Float>? = nil,
        shift: UnsafePointer<Float>? = nil
    ) {
        cairn_rectified_pooling_forward(
            geometry, shard.count, x, scale, shift, dropout?.key ?? 0,
            UInt64(shard.images.lowerBound * outputSize), shard.output, mode.goesBack ? winners(shard) : nil)
    }

    /// The same without dropout, and remembering nothing.
    func writeMaximum(
        _ shard: Shard, from x: UnsafePointer<Float>, scale: UnsafePointer<Float>? = nil,
        shift: UnsafePointer<Float>? = nil
    ) {
        cairn_rectified_pooling_forward(
            withoutDropout, shard.count, x, scale, shift, 0, 0, shard.output, nil)
    }

    /// The gradient of what the `relu` got.
    func backward(
        _ shard: Shard, _ outputGradient: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
    ) {
        cairn_rectified_pooling_backward(
            geometry, shard.count, outputGradient, winners(shard), gradient)
    }

    /// Adds, of each channel, `sum of g` and `sum of g (x - mean)`, where `g` is the gradient of what the `relu` got.
    func addSums(
        _ shard: Shard, _ outputGradient: UnsafePointer<Float>, mean: UnsafePointer<Float>,
        to sums: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>)
    ) {
        cairn_rectified_pooling_gradient_sums(
            geometry, shard.count, shard.input, outputGradient, winners(shard), mean, sums.0, sums.1
        )
    }

    /// `a g + b x + d` of each channel.
    func backward(
        _ shard: Shard, _ outputGradient: UnsafePointer<Float>, a: UnsafePointer<Float>,
        b: UnsafePointer<Float>,
        d: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
    ) {
        cairn_rectified_pooling_affine2(
            geometry, shard.count, outputGradient, winners(shard), shard.input, a, b, d, gradient)
    }

    /// That of the pass.
    private var geometry: UnsafeMutablePointer<cairn_rectified_pooling> {
        mode.isTraining ? geometries.pointer : withoutDropout
    }

    private var withoutDropout: UnsafeMutablePointer<cairn_rectified_pooling> { geometries.pointer + 1 }

    private func winners(_ shard: Shard) -> UnsafeMutablePointer<UInt8> {
        winners.pointer + shard.images.lowerBound * outputSize
    }
}
