import Tensors

/// The mean of each channel over the whole image: PyTorch's `AdaptiveAvgPool2d(1)` with `Flatten` after it.
///
/// Shapes: `[H, W, C]` -> `[C]`. (Lin, Chen & Yan, 2014.)
package struct GlobalAvgPool: Layer {
    package static let kind = "globalavgpool"

    package init() {}

    package var description: String { "globalavgpool" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input.rank == 3 else { throw ShapeError(imageNeeded: input) }
        return [input[2]]
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        let whole = Pooling(
            kernel: Size(height: layer.input[0], width: layer.input[1]), stride: nil, padding: .valid)
        return AvgPoolOperation(whole.kernelGeometry(for: layer))
    }
}
