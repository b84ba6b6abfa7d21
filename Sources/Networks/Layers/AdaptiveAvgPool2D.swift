import CKernels
import Tensors

/// The means of as many windows as the output has pixels, which together cover the image: PyTorch's
/// `AdaptiveAvgPool2d`.
///
/// Shapes: `[H, W, C]` -> `[H', W', C]`; row `y` is the mean of rows `floor(y H / H')..<ceil((y + 1) H / H')`.
package struct AdaptiveAvgPool2D: Layer {
    package static let kind = "adaptiveavgpool"

    package let output: Size

    package init(output: Size) { self.output = output }

    package var description: String { "adaptiveavgpool \(output)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape { try input.resized(to: output) }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        ResizingOperation(
            layer, forward: cairn_adaptive_avgpool_forward, backward: cairn_adaptive_avgpool_backward)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        // A product with the rows' shares from the left, and with the columns' from the right.
        let rows = Self.shares(of: layer.input[0], in: output.height)
        let columns = Self.shares(of: layer.input[1], in: output.width).transposingMatrices(
            rows: output.width, columns: layer.input[1], as: [layer.input[1], output.width])
        let mean = graph.add("MatMul", [graph.constant(rows, "rows")] + inputs)
        return graph.add("MatMul", [mean, graph.constant(columns, "columns")])
    }

    /// `[count, extent]`: how much of each output is each input's, along one axis.
    private static func shares(of extent: Int, in count: Int) -> Tensor {
        var shares = [Float](repeating: 0, count: count * extent)
        for output in 0..<count {
            let inputs = output * extent / count..<((output + 1) * extent + count - 1) / count
            for input in inputs { shares[output * extent + input] = 1 / Float(inputs.count) }
        }
        return Tensor([count, extent], shares)
    }
}
