import CKernels
import Tensors

/// Normalisation of groups of an image's channels: `y = weight (x - mean) / sqrt(variance + epsilon) + bias`, with the
/// mean and variance of the group over all pixels of one image, in training and in evaluation: PyTorch's `GroupNorm`.
/// (Wu & He, 2018.)
///
/// Shapes: `[H, W, C]` or `[features]`, unchanged; the parameters `[C]` or `[features]`.
package struct GroupNorm: Layer {
    package static let kind = "groupnorm"
    package static let namePrefix = "gn"

    /// How many; neighbouring channels make one.
    package let groups: Int
    /// Added to the variance, above 0.
    package let epsilon: Float
    /// Whether scale and shift are learned.
    package let isAffine: Bool

    package init(groups: Int, epsilon: Float = 1e-5, affine: Bool = true) {
        self.groups = groups
        self.epsilon = epsilon
        isAffine = affine
    }

    package var description: String {
        "groupnorm \(groups)" + (epsilon == 1e-5 ? "" : " epsilon=\(epsilon)")
            + (isAffine ? "" : " affine=false")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        let channels = input[input.rank - 1]
        guard groups >= 1, channels % groups == 0 else {
            throw ShapeError(
                found: input,
                needed: groups >= 1
                    ? "a number of channels that \(groups) groups divide evenly, not \(channels)"
                    : "at least 1 group, not \(groups)")
        }
        guard input.count > groups else {
            throw ShapeError(
                found: input,
                needed: "groups of more than one number: normalising a single one leaves nothing of it")
        }
        guard epsilon > 0, epsilon.isFinite else {
            throw ShapeError(found: input, needed: "an epsilon above 0, not \(epsilon)")
        }
        return input
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        ChannelAffine.declarations(channels: input[input.rank - 1], isLearned: isAffine)
    }

    package func channelFlow(for input: Shape) -> ChannelFlow { .normalized(groups: groups) }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        GroupNormOperation(layer, self, batchSize: settings.batchSize)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        // ONNX normalises each channel of one image; a group becomes such a channel.
        let grouped = graph.add("Reshape", inputs + [graph.constant([0, groups, -1], "groups")])
        let scale = graph.constant(Tensor([groups], repeating: 1), "one")
        let shift = graph.constant(Tensor(zeros: [groups]), "zero")
        let normalized = graph.add(
            "InstanceNormalization", [grouped, scale, shift], ["epsilon": .number(epsilon)])
        let extents = OperatorGraph.extents(layer.output)
        var value = graph.add("Reshape", [normalized, graph.constant([0] + extents, "shape")])
        for (operation, parameter) in zip(["Mul", "Add"], layer.parameters) {
            value = graph.add(operation, [value, graph.constant(parameter, alongChannelsOf: layer)])
        }
        return value
    }
}

/// Image by image: sums of each channel, from them those of the groups, and one affine map of each channel.
private final class GroupNormOperation: Operation {
    private let groups: Int
    private let channels: Int
    private let pixels: Int
    private let epsilon: Double
    private let affine: ChannelAffine
    private let gradients: ShardGradients
    /// Of each image and group, kept for the way back.
    private let means: Buffer<Double>
    private let inverseDeviations: Buffer<Double>
    /// Of each shard: two sums per channel.
    private let sums: Buffer<Double>
    /// Of each shard: three numbers per channel.
    private let coefficients: Buffer<Float>

    init(_ layer: PlacedLayer, _ settings: GroupNorm, batchSize: Int) {
        groups = settings.groups
        channels = layer.output[layer.output.rank - 1]
        pixels = layer.output.count / channels
        epsilon = Double(settings.epsilon)
        affine = ChannelAffine(layer, channels: channels)
        gradients = ShardGradients(of: layer.parameters)
        means = Buffer(zeros: batchSize * groups)
        inverseDeviations = Buffer(zeros: batchSize * groups)
        sums = Buffer(zeros: 2 * channels * Workers.shardCount)
        coefficients = Buffer(zeros: 3 * channels * Workers.shardCount)
    }

    var worksInPlace: Bool { true }

    func prepare(goesBack: Bool) { affine.prepare() }

    private var channelsPerGroup: Int { channels / groups }
    private var groupSize: Double { Double(channelsPerGroup * pixels) }

    /// Two sums per channel and three coefficients per channel, of the shard that an image is part of.
    private func room(_ image: Shard) -> (
        sums: UnsafeMutablePointer<Double>, numbers: UnsafeMutablePointer<Float>
    ) {
        (sums.pointer + image.index * 2 * channels, coefficients.pointer + image.index * 3 * channels)
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            for image in 0..<shard.count { layer.normalize(shard.part(image..<image + 1)) }
        }
    }

    private func normalize(_ image: Shard) {
        measure(image)
        let numbers = room(image).numbers
        let (scale, shift) = (numbers, numbers + channels)
        let first = image.images.lowerBound * groups
        for c in 0..<channels {
            let group = first + c / channelsPerGroup
            let slope = Double(affine.scale.pointer[c]) * inverseDeviations.pointer[group]
            scale[c] = Float(slope)
            shift[c] = Float(Double(affine.shift.pointer[c]) - means.pointer[group] * slope)
        }
        cairn_channel_affine(pixels, channels, image.input, scale, shift, image.output)
    }

    /// Sets the means and deviations of an image's groups.
    private func measure(_ image: Shard) {
        let sums = room(image).sums
        sums.update(repeating: 0, count: 2 * channels)
        // Deviations from the channel's first pixel: sums of squares far from zero would lose digits.
        cairn_channel_moments(pixels, channels, image.input, image.input, sums, sums + channels)
        for group in 0..<groups {
            let members = group * channelsPerGroup..<(group + 1) * channelsPerGroup
            let mean = members.reduce(0) { $0 + sums[$1] } / groupSize
            let squares = members.reduce(0.0) { total, c in
                let (channelMean, center) = (sums[c] / Double(pixels), Double(image.input[c]))
                // About the group's mean instead of the center.
                return total + sums[channels + c]
                    + Double(pixels)
                    * ((channelMean - mean) * (channelMean - mean)
                        - (channelMean - center) * (channelMean - center))
            }
            let index = image.images.lowerBound * groups + group
            means.pointer[index] = mean
            // Not max(0, ...), which would turn NaN into 0.
            inverseDeviations.pointer[index] =
                1 / ((squares < 0 ? 0 : squares / groupSize) + epsilon).squareRoot()
        }
    }

    func backward(_ pass: Pass, _ passGradients: PassGradients) {
        pass.forEachShard(self, passGradients) { layer, shard, gradients in
            layer.gradients.clear(shard.index)
            for image in 0..<shard.count {
                let first = image * shard.outputSize
                layer.backpropagate(
                    shard.part(image..<image + 1), gradients.output + first,
                    to: gradients.input.map { $0 + first })
            }
        }
        gradients.addToParameters(pass)
    }

    private func backpropagate(
        _ image: Shard, _ outputGradient: UnsafePointer<Float>,
        to inputGradient: UnsafeMutablePointer<Float>?
    ) {
        let (sums, numbers) = room(image)
        let (a, b, d) = (numbers, numbers + channels, numbers + 2 * channels)
        let first = image.images.lowerBound * groups
        sums.update(repeating: 0, count: 2 * channels)
        for c in 0..<channels { d[c] = Float(means.pointer[first + c / channelsPerGroup]) }
        cairn_channel_gradient_sums(
            pixels, channels, image.input, outputGradient, d, sums, sums + channels)
        for group in 0..<groups {
            let members = group * channelsPerGroup..<(group + 1) * channelsPerGroup
            let (mean, inverse) = (means.pointer[first + group], inverseDeviations.pointer[first + group])
            let sum = members.reduce(0) { $0 + Double(affine.scale.pointer[$1]) * sums[$1] }
            let productSum = members.reduce(0) {
                $0 + Double(affine.scale.pointer[$1]) * sums[channels + $1]
            }
            // dx = s (w dy - mean(w dy) - s^2 (x - mean) mean(w dy (x - mean))), s = 1 / deviation
            let slope = -inverse * inverse * inverse * productSum / groupSize
            for c in members {
                a[c] = Float(Double(affine.scale.pointer[c]) * inverse)
                b[c] = Float(slope)
                d[c] = Float(-inverse * sum / groupSize - slope * mean)
                guard affine.isLearned else { continue }
                gradients.pointer(0, image.index)[c] += Float(sums[channels + c] * inverse)
                gradients.pointer(1, image.index)[c] += Float(sums[c])
            }
        }
        guard let inputGradient else { return }
        cairn_channel_affine2(pixels, channels, outputGradient, image.input, a, b, d, inputGradient)
    }
}
