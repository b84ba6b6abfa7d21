import CKernels
import Tensors

/// `y = x` above 0, `weight x` elsewhere, with a learned weight: PyTorch's `PReLU`. (He et al., 2015.)
///
/// Shapes: any, unchanged; `weight` is `[1]`, or `[C]` with one for each channel.
package struct PReLU: Layer {
    package static let kind = "prelu"

    /// How many weights it learns.
    package enum Sharing: String, CaseIterable, Sendable {
        /// One for the layer.
        case layer
        /// One for each channel, or feature.
        case channel
    }

    /// What every weight starts as; any finite number.
    package let slope: Float
    package let sharing: Sharing

    package init(slope: Float = 0.25, per sharing: Sharing = .layer) {
        self.slope = slope
        self.sharing = sharing
    }

    package var description: String {
        "prelu \(slope)" + (sharing == .layer ? "" : " per=\(sharing.rawValue)")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard slope.isFinite else { throw ShapeError(found: input, needed: "a finite slope, not \(slope)") }
        return input
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        [
            ParameterDeclaration(
                "weight", [weights(for: input)], start: .constant(slope),
                axes: [sharing == .layer ? .other : .outputs])
        ]
    }

    private func weights(for input: Shape) -> Int { sharing == .layer ? 1 : input[input.rank - 1] }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        PReLUOperation(layer)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("PRelu", inputs + [graph.constant(layer.parameters[0], alongChannelsOf: layer)])
    }
}

/// One weight is that of a single channel, of which an image has as many rows as it has numbers.
private final class PReLUOperation: Operation {
    private let weight: Parameter
    private let channels: Int
    private let rowsPerImage: Int
    private let gradients: ShardGradients

    init(_ layer: PlacedLayer) {
        weight = layer.parameters[0]
        channels = weight.value.count
        rowsPerImage = layer.output.count / channels
        gradients = ShardGradients(of: layer.parameters)
    }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            layer.weight.value.withUnsafeBufferPointer { weight in
                cairn_prelu_forward(
                    shard.count * layer.rowsPerImage, layer.channels, shard.input, weight.baseAddress,
                    shard.output)
            }
        }
    }

    func backward(_ pass: Pass, _ passGradients: PassGradients) {
        pass.forEachShard(self, passGradients) { layer, shard, gradients in
            layer.backpropagate(shard, gradients)
        }
        gradients.addToParameters(pass)
    }

    private func backpropagate(_ shard: Shard, _ shardGradients: PassGradients) {
        let rows = shard.count * rowsPerImage
        gradients.clear(shard.index)
        cairn_prelu_slope_gradient(
            rows, channels, shard.input, shardGradients.output, gradients.pointer(0, shard.index))
        guard let inputGradient = shardGradients.input else { return }
        weight.value.withUnsafeBufferPointer { weight in
            cairn_prelu_backward(
                rows, channels, shard.input, shardGradients.output, weight.baseAddress, inputGradient)
        }
    }
}
