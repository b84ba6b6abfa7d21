import CKernels
import Tensors

/// An image as one row of numbers, channel by channel as in PyTorch, so that a `dense` after it has PyTorch's weights.
///
/// Shapes: `[H, W, C]` -> `[C H W]`.
package struct Flatten: Layer {
    package static let kind = "flatten"

    package init() {}

    package var description: String { "flatten" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input.rank == 3 else {
            throw ShapeError(
                found: input, needed: "an image (height x width x channels): leave out this `flatten`")
        }
        return [input.count]
    }

    package func channelFlow(for input: Shape) -> ChannelFlow { .each(copies: input[0] * input[1]) }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        FlattenOperation(layer)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("Flatten", inputs)
    }
}

/// Transposes each image's `[H W, C]` to `[C, H W]`.
private final class FlattenOperation: Operation {
    private let pixels: Int
    private let channels: Int

    init(_ layer: PlacedLayer) {
        pixels = layer.input[0] * layer.input[1]
        channels = layer.input[2]
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            for image in 0..<shard.count {
                let first = image * shard.outputSize
                cairn_transpose(layer.pixels, layer.channels, shard.input + first, shard.output + first)
            }
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            guard let inputGradient = gradients.input else { return }
            for image in 0..<shard.count {
                let first = image * shard.outputSize
                cairn_transpose(layer.channels, layer.pixels, gradients.output + first, inputGradient + first)
            }
        }
    }
}
