import CKernels
import Tensors

/// Batch normalisation, channel by channel: `y = weight (x - mean) / sqrt(variance + epsilon) + bias`.
///
/// In training the mean and variance are the batch's, over images and pixels, and move the running ones, which
/// evaluation uses: `running = (1 - momentum) running + momentum batch`, the variance with divisor n - 1 as in
/// PyTorch. (Ioffe & Szegedy, 2015.)
///
/// Shapes: `[H, W, C]` or `[features]`, unchanged; all parameters `[C]` or `[features]`.
///
/// PyTorch refuses to train on a single value per channel. Here it is defined: the output is the bias, the
/// input's gradient zero, and the running statistics stay, so that a last batch of one image does no harm.
package struct BatchNorm: Layer {
    package static let kind = "batchnorm"
    package static let namePrefix = "bn"

    /// The share of each batch in the running statistics, 0...1.
    package let momentum: Float
    /// Added to the variance, above 0.
    package let epsilon: Float

    private static let defaults = BatchNorm()

    package init(momentum: Float = 0.1, epsilon: Float = 1e-5) {
        self.momentum = momentum
        self.epsilon = epsilon
    }

    package var description: String {
        "batchnorm"
            + (momentum == Self.defaults.momentum ? "" : " momentum=\(momentum)")
            + (epsilon == Self.defaults.epsilon ? "" : " epsilon=\(epsilon)")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard momentum >= 0, momentum <= 1 else {
            throw ShapeError(found: input, needed: "momentum in 0...1, not \(momentum)")
        }
        guard epsilon > 0, epsilon.isFinite else {
            throw ShapeError(found: input, needed: "an epsilon above 0, not \(epsilon)")
        }
        return input
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        let shape: Shape = [input[input.rank - 1]]
        return [
            ParameterDeclaration("weight", shape, start: .constant(1)),
            ParameterDeclaration("bias", shape, start: .constant(0)),
            ParameterDeclaration("running_mean", shape, start: .constant(0), isTrained: false),
            ParameterDeclaration("running_var", shape, start: .constant(1), isTrained: false),
        ]
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        BatchNormOperation(layer, self)
    }
}

/// Each direction is a pass that sums per shard, a few numbers per channel, and a pass that applies them.
private final class BatchNormOperation: Operation {
    private let channels: Int
    private let rowsPerImage: Int
    private let settings: BatchNorm
    private let weight: Parameter
    private let bias: Parameter
    private let runningMean: Parameter
    private let runningVariance: Parameter

    /// Of the batch, or the running ones in evaluation.
    private let mean: Buffer<Float>
    private let inverseDeviation: Buffer<Float>
    /// What the applying passes multiply and add, three numbers per channel.
    private let coefficients: Buffer<Float>
    /// Two sums per shard and channel.
    private let sums: Buffer<Double>

    init(_ layer: PlacedLayer, _ settings: BatchNorm) {
        channels = layer.output[layer.output.rank - 1]
        rowsPerImage = layer.output.count / channels
        self.settings = settings
        weight = layer.parameters[0]
        bias = layer.parameters[1]
        runningMean = layer.buffers[0]
        runningVariance = layer.buffers[1]
        mean = Buffer(zeros: channels)
        inverseDeviation = Buffer(zeros: channels)
        coefficients = Buffer(zeros: 3 * channels)
        sums = Buffer(zeros: 2 * channels * Workers.shardCount)
    }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        if pass.mode.isTraining {
            measure(pass)
        } else {
            useRunningStatistics()
        }
        let (scale, shift) = (coefficients.pointer, coefficients.pointer + channels)
        weight.value.withUnsafeBufferPointer { weight in
            bias.value.withUnsafeBufferPointer { bias in
                for c in 0..<channels {
                    scale[c] = weight[c] * inverseDeviation.pointer[c]
                    shift[c] = bias[c] - mean.pointer[c] * scale[c]
                }
            }
        }
        pass.forEachShard(self) { layer, shard in
            let scale = layer.coefficients.pointer
            cairn_channel_affine(
                shard.count * layer.rowsPerImage, layer.channels, shard.input, scale, scale + layer.channels,
                shard.output)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            let sums = layer.clearedSums(of: shard)
            cairn_channel_gradient_sums(
                shard.count * layer.rowsPerImage, layer.channels, shard.input, gradients.output,
                layer.mean.pointer, sums, sums + layer.channels)
        }
        addUpSums(pass)
        let count = Double(pass.count * rowsPerImage)
        let (a, b, d) = (
            coefficients.pointer, coefficients.pointer + channels, coefficients.pointer + 2 * channels
        )
        weight.gradient.withUnsafeMutableBufferPointer { weightGradient in
            bias.gradient.withUnsafeMutableBufferPointer { biasGradient in
                weight.value.withUnsafeBufferPointer { weight in
                    for c in 0..<channels {
                        let (sum, productSum) = (sums.pointer[c], sums.pointer[channels + c])
                        let inverse = Double(inverseDeviation.pointer[c])
                        biasGradient[c] += Float(sum)
                        weightGradient[c] += Float(productSum * inverse)
                        // dx = w s (dy - mean(dy) - s^2 (x - mean) mean(dy (x - mean))), s = 1 / deviation
                        let scale = Double(weight[c]) * inverse
                        let slope = -scale * inverse * inverse * productSum / count
                        a[c] = Float(scale)
                        b[c] = Float(slope)
                        d[c] = Float(-scale * sum / count - slope * Double(mean.pointer[c]))
                    }
                }
            }
        }
        guard gradients.input != nil else { return }
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            let (a, channels) = (layer.coefficients.pointer, layer.channels)
            cairn_channel_affine2(
                shard.count * layer.rowsPerImage, channels, gradients.output, shard.input, a, a + channels,
                a + 2 * channels, gradients.input)
        }
    }

    /// Sets the batch's mean and deviation and moves the running ones.
    private func measure(_ pass: Pass) {
        // Deviations from some value of the channel itself: sums of squares far from zero would lose digits.
        let center = coefficients.pointer
        center.update(from: pass.input, count: channels)
        pass.forEachShard(self) { layer, shard in
            let sums = layer.clearedSums(of: shard)
            cairn_channel_moments(
                shard.count * layer.rowsPerImage, layer.channels, shard.input, layer.coefficients.pointer,
                sums,
                sums + layer.channels)
        }
        addUpSums(pass)
        let count = Double(pass.count * rowsPerImage)
        let momentum = Double(settings.momentum)
        runningMean.value.withUnsafeMutableBufferPointer { runningMean in
            runningVariance.value.withUnsafeMutableBufferPointer { runningVariance in
                for c in 0..<channels {
                    let batchMean = sums.pointer[c] / count
                    let shift = batchMean - Double(center[c])
                    // Not max(0, ...), which would turn NaN into 0.
                    let difference = sums.pointer[channels + c] / count - shift * shift
                    let variance = difference < 0 ? 0 : difference
                    mean.pointer[c] = Float(batchMean)
                    guard count > 1 else {
                        // One value has no deviation: everything but the bias becomes zero.
                        inverseDeviation.pointer[c] = 0
                        continue
                    }
                    inverseDeviation.pointer[c] = Float(
                        1 / (variance + Double(settings.epsilon)).squareRoot())
                    runningMean[c] = Float((1 - momentum) * Double(runningMean[c]) + momentum * batchMean)
                    runningVariance[c] = Float(
                        (1 - momentum) * Double(runningVariance[c]) + momentum * variance * count
                            / (count - 1))
                }
            }
        }
    }

    private func useRunningStatistics() {
        runningMean.value.withUnsafeBufferPointer { runningMean in
            runningVariance.value.withUnsafeBufferPointer { runningVariance in
                for c in 0..<channels {
                    mean.pointer[c] = runningMean[c]
                    inverseDeviation.pointer[c] = Float(
                        1 / (Double(runningVariance[c]) + Double(settings.epsilon)).squareRoot())
                }
            }
        }
    }

    /// Two sums per channel for one shard to add to.
    private func clearedSums(of shard: Shard) -> UnsafeMutablePointer<Double> {
        let shardSums = sums.pointer + shard.index * 2 * channels
        shardSums.update(repeating: 0, count: 2 * channels)
        return shardSums
    }

    /// Adds up the shards' sums in their order and leaves the result where the first shard's would be.
    private func addUpSums(_ pass: Pass) {
        let hasShard = { shard in !Workers.shard(shard, of: pass.count).isEmpty }
        if !hasShard(0) { sums.pointer.update(repeating: 0, count: 2 * channels) }
        for shard in 1..<Workers.shardCount where hasShard(shard) {
            for index in 0..<2 * channels {
                sums.pointer[index] += sums.pointer[shard * 2 * channels + index]
            }
        }
    }
}
