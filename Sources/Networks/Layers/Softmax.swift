import CKernels
import Tensors

/// `y = e^x / sum of e^x` over the channels of each pixel, or over the features: PyTorch's `Softmax(dim=1)`.
///
/// Shapes: `[H, W, C]` or `[features]`, unchanged.
package struct Softmax: Layer {
    package static let kind = "softmax"

    package init() {}

    package var description: String { "softmax" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

    package func channelFlow(for input: Shape) -> ChannelFlow { .competing }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        SoftmaxOperation(layer)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("Softmax", inputs, ["axis": .integer(1)])
    }
}

private final class SoftmaxOperation: Operation {
    private let channels: Int
    private let rowsPerImage: Int

    init(_ layer: PlacedLayer) {
        channels = layer.output[layer.output.rank - 1]
        rowsPerImage = layer.output.count / channels
    }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            cairn_softmax_forward(
                shard.count * layer.rowsPerImage, layer.channels, shard.input, shard.output)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            cairn_softmax_backward(
                shard.count * layer.rowsPerImage, layer.channels, shard.output, gradients.output,
                gradients.input)
        }
    }
}
