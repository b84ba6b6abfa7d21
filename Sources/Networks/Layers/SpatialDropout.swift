import Tensors

/// In training zeroes each channel of each image with `probability` and divides the others by `1 - probability`; in
/// evaluation changes nothing (Tompson et al., 2015; PyTorch's `Dropout2d`).
///
/// Shapes: `[H, W, C]`, unchanged.
package struct SpatialDropout: Layer {
    package static let kind = "spatialdropout"

    /// At least 0, below 1.
    package let probability: Float

    package init(probability: Float = 0.5) { self.probability = probability }

    package var description: String { "spatialdropout \(probability)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input.rank == 3 else { throw ShapeError(imageNeeded: input) }
        try DropoutMask.check(probability, for: input)
        return input
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        DropoutOperation(layer, probability: probability, unit: .channel)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        inputs[0]
    }
}
