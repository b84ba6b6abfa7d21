import CKernels
import Tensors

/// Each direction is a pass that sums per shard, a few numbers per channel, and a pass that applies them.
///
/// The applying passes also do what follows, if it is the sum with a shortcut, a `relu`, and after that, where
/// nothing is added, a `maxpool 2` with its `dropout`.
final class BatchNormOperation: Operation {
    /// What the operation computes, in order.
    private enum Stage { case normalized, summed, rectified, pooled, dropped }

    private let channels: Int
    private let rowsPerImage: Int
    private let batchSize: Int
    private let settings: BatchNorm
    private let learned: ChannelAffine
    private let runningMean: Parameter
    private let runningVariance: Parameter

    private var stages = [Stage.normalized]
    private var pooling: RectifiedPooling?

    /// Of the batch, or the running ones in evaluation.
    private let mean: Buffer<Float>
    private let inverseDeviation: Buffer<Float>
    /// What the forward pass multiplied and added, two numbers per channel.
    private let affine: Buffer<Float>
    /// What the backward pass multiplies and adds, three numbers per channel.
    private let coefficients: Buffer<Float>
    /// Two sums per shard and channel.
    private let sums: Buffer<Double>

    init(_ layer: PlacedLayer, _ settings: BatchNorm, _ plan: PlanSettings) {
        channels = layer.output[layer.output.rank - 1]
        rowsPerImage = layer.output.count / channels
        batchSize = plan.batchSize
        self.settings = settings
        learned = ChannelAffine(layer, channels: channels)
        runningMean = layer.buffers[0]
        runningVariance = layer.buffers[1]
        mean = Buffer(zeros: channels)
        inverseDeviation = Buffer(zeros: channels)
        affine = Buffer(zeros: 2 * channels)
        coefficients = Buffer(zeros: 3 * channels)
        sums = Buffer(zeros: 2 * channels * Workers.shardCount)
    }

    var worksInPlace: Bool { pooling == nil }

    func absorb(_ next: PlacedLayer) -> Bool {
        switch (stages[stages.count - 1], next.layer) {
        case (.normalized, is Residual): stages.append(.summed)
        case (.normalized, is Add) where next.others.count == 1: stages.append(.summed)
        case (.normalized, is ReLU), (.summed, is ReLU): stages.append(.rectified)
        case (.rectified, is MaxPool2D) where !stages.contains(.summed):
            pooling = RectifiedPooling(next, batchSize: batchSize)
            guard pooling != nil else { return false }
            stages.append(.pooled)
        case (.pooled, is Dropout):
            guard pooling?.absorb(next) == true else { return false }
            stages.append(.dropped)
        default: return false
        }
        return true
    }

    func prepare(goesBack: Bool) { learned.prepare() }

    func forward(_ pass: Pass) {
        if pass.mode.isTraining {
            measure(pass)
        } else {
            useRunningStatistics()
        }
        for c in 0..<channels {
            scale[c] = learned.scale.pointer[c] * inverseDeviation.pointer[c]
            shift[c] = learned.shift.pointer[c] - mean.pointer[c] * scale[c]
        }
        pooling?.begin(pass.mode)
        pass.forEachShard(self) { layer, shard in layer.apply(shard) }
    }

    private var scale: UnsafeMutablePointer<Float> { affine.pointer }
    private var shift: UnsafeMutablePointer<Float> { affine.pointer + channels }

    private func apply(_ shard: Shard) {
        let rows = shard.count * rowsPerImage
        switch (pooling, shard.other(0), stages[stages.count - 1]) {
        case (let pooling?, _, _): pooling.forward(shard, from: shard.input, scale: scale, shift: shift)
        case (_, let shortcut?, .rectified):
            cairn_channel_affine_add_relu(rows, channels, shard.input, scale, shift, shortcut, shard.output)
        case (_, nil, .rectified):
            cairn_channel_affine_relu(rows, channels, shard.input, scale, shift, shard.output)
        default: write(shard, through: stages.count - 1)
        }
    }

    func writeActivation(ofAbsorbing index: Int, _ pass: Pass) {
        pass.forEachShard((self, index)) { owner, shard in owner.0.write(shard, through: owner.1) }
    }

    /// Writes what the stages up to one of them give, one after the other, without dropout.
    private func write(_ shard: Shard, through last: Int) {
        if let pooling, stages[last] == .pooled {
            pooling.writeMaximum(shard, from: shard.input, scale: scale, shift: shift)
            return
        }
        cairn_channel_affine(
            shard.count * rowsPerImage, channels, shard.input, scale, shift, shard.output)
        for stage in stages[...last] {
            if stage == .summed, let shortcut = shard.other(0) {
                cairn_scale_add(shard.outputCount, 1, shortcut, 1, shard.output)
            } else if stage == .rectified {
                cairn_relu_forward(shard.outputCount, shard.output, shard.output)
            }
        }
    }

    // MARK: Backward

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in layer.addSums(shard, gradients) }
        addUpSums(pass)
        let count = Double(pass.count * rowsPerImage)
        let (a, b, d) = (
            coefficients.pointer, coefficients.pointer + channels, coefficients.pointer + 2 * channels
        )
        for c in 0..<channels {
            let (sum, productSum) = (sums.pointer[c], sums.pointer[channels + c])
            let inverse = Double(inverseDeviation.pointer[c])
            // dx = w s (dy - mean(dy) - s^2 (x - mean) mean(dy (x - mean))), s = 1 / deviation
            let scale = Double(learned.scale.pointer[c]) * inverse
            a[c] = Float(scale)
            guard pass.mode.isTraining else {
                // Running statistics do not depend on x.
                (b[c], d[c]) = (0, 0)
                continue
            }
            let slope = -scale * inverse * inverse * productSum / count
            b[c] = Float(slope)
            d[c] = Float(-scale * sum / count - slope * Double(mean.pointer[c]))
        }
        learned.addGradients { c in
            (
                scale: Float(sums.pointer[channels + c] * Double(inverseDeviation.pointer[c])),
                shift: Float(sums.pointer[c])
            )
        }
        guard gradients.input != nil else { return }
        pass.forEachShard(self, gradients) { layer, shard, gradients in layer.backpropagate(shard, gradients)
        }
    }

    /// Whether the gradient has still to pass the `relu`: not if a shortcut has got it already.
    private func isMasked(_ gradients: PassGradients) -> Bool {
        stages[stages.count - 1] == .rectified && gradients.other(0) == nil
    }

    private func addSums(_ shard: Shard, _ gradients: PassGradients) {
        let rows = shard.count * rowsPerImage
        let sums = clearedSums(of: shard)
        let (sum, productSum) = (sums, sums + channels)
        if let pooling {
            pooling.addSums(shard, gradients.output, mean: mean.pointer, to: (sum, productSum))
        } else if isMasked(gradients) {
            cairn_channel_gradient_sums_relu(
                rows, channels, shard.input, shard.output, gradients.output, mean.pointer, sum, productSum)
        } else {
            passShortcut(shard, gradients)
            cairn_channel_gradient_sums(
                rows, channels, shard.input, gradients.other(0) ?? gradients.output, mean.pointer, sum,
                productSum)
        }
    }

    /// Both summands of a block have the gradient of what its `relu` got.
    private func passShortcut(_ shard: Shard, _ gradients: PassGradients) {
        guard let shortcut = gradients.other(0) else { return }
        if stages[stages.count - 1] == .rectified {
            cairn_relu_backward(shard.outputCount, shard.output, gradients.output, shortcut)
        } else {
            shortcut.update(from: gradients.output, count: shard.outputCount)
        }
    }

    private func backpropagate(_ shard: Shard, _ gradients: PassGradients) {
        guard let inputGradient = gradients.input else { return }
        let rows = shard.count * rowsPerImage
        let (a, b, d) = (
            coefficients.pointer, coefficients.pointer + channels, coefficients.pointer + 2 * channels
        )
        if let pooling {
            pooling.backward(shard, gradients.output, a: a, b: b, d: d, into: inputGradient)
        } else if isMasked(gradients) {
            cairn_channel_affine2_relu(
                rows, channels, gradients.output, shard.output, shard.input, a, b, d, inputGradient)
        } else {
            cairn_channel_affine2(
                rows, channels, gradients.other(0) ?? gradients.output, shard.input, a, b, d, inputGradient)
        }
    }

    // MARK: Statistics

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
        let momentum = pass.statisticsMomentum ?? Double(settings.momentum)
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
