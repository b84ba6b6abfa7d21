import CKernels
import Tensors

/// Normalisation over the channels of each pixel, or over the features: `y = weight (x - mean) / sqrt(variance +
/// epsilon) + bias`, in training and in evaluation: PyTorch's `LayerNorm(C)` on images with the channels last, as
/// in ConvNeXt, and `LayerNorm(features)`. (Ba, Kiros & Hinton, 2016.)
///
/// Shapes: `[H, W, C]` or `[features]`, unchanged; the parameters `[C]` or `[features]`.
package struct LayerNorm: Layer {
    package static let kind = "layernorm"
    package static let namePrefix = "ln"

    /// Added to the variance, above 0.
    package let epsilon: Float
    /// Whether scale and shift are learned.
    package let isAffine: Bool

    package init(epsilon: Float = 1e-5, affine: Bool = true) {
        self.epsilon = epsilon
        isAffine = affine
    }

    package var description: String {
        "layernorm" + (epsilon == 1e-5 ? "" : " epsilon=\(epsilon)") + (isAffine ? "" : " affine=false")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input[input.rank - 1] > 1 else {
            throw ShapeError(
                found: input,
                needed: "more than one channel: normalising a single number leaves nothing of it")
        }
        guard epsilon > 0, epsilon.isFinite else {
            throw ShapeError(found: input, needed: "an epsilon above 0, not \(epsilon)")
        }
        return input
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        ChannelAffine.declarations(channels: input[input.rank - 1], isLearned: isAffine)
    }

    package func channelFlow(for input: Shape) -> ChannelFlow { .normalized(groups: 1) }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        LayerNormOperation(layer, self)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        func transposed(_ value: String, _ axes: [Int]) -> String {
            layer.output.rank == 3 ? graph.add("Transpose", [value], ["perm": .integers(axes)]) : value
        }
        let tensors =
            isAffine
            ? layer.parameters.map { graph.constant($0) }
            : [graph.constant(Tensor([layer.output[layer.output.rank - 1]], repeating: 1), "one")]
        let normalized = graph.add(
            "LayerNormalization", [transposed(inputs[0], [0, 2, 3, 1])] + tensors,
            ["axis": .integer(-1), "epsilon": .number(epsilon)])
        return transposed(normalized, [0, 3, 1, 2])
    }
}

private final class LayerNormOperation: Operation {
    private let channels: Int
    private let rowsPerImage: Int
    private let epsilon: Float
    private let affine: ChannelAffine
    private let gradients: ShardGradients

    init(_ layer: PlacedLayer, _ settings: LayerNorm) {
        channels = layer.output[layer.output.rank - 1]
        rowsPerImage = layer.output.count / channels
        epsilon = settings.epsilon
        affine = ChannelAffine(layer, channels: channels)
        gradients = ShardGradients(of: layer.parameters)
    }

    var worksInPlace: Bool { true }

    func prepare(goesBack: Bool) { affine.prepare() }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            cairn_layernorm_forward(
                shard.count * layer.rowsPerImage, layer.channels, shard.input, layer.affine.scale.pointer,
                layer.affine.shift.pointer, layer.epsilon, shard.output)
        }
    }

    func backward(_ pass: Pass, _ passGradients: PassGradients) {
        pass.forEachShard(self, passGradients) { layer, shard, shardGradients in
            let (gradients, isLearned) = (layer.gradients, layer.affine.isLearned)
            gradients.clear(shard.index)
            cairn_layernorm_backward(
                shard.count * layer.rowsPerImage, layer.channels, shard.input, shardGradients.output,
                layer.affine.scale.pointer, layer.epsilon,
                isLearned ? gradients.pointer(0, shard.index) : nil,
                isLearned ? gradients.pointer(1, shard.index) : nil, shardGradients.input)
        }
        gradients.addToParameters(pass)
    }
}
