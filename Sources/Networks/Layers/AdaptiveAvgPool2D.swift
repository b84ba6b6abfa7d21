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
}
