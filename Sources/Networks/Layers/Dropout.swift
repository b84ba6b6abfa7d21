import Tensors

/// In training zeroes each value with `probability` and divides the others by `1 - probability`; in evaluation
/// changes nothing (Srivastava et al., 2014; PyTorch's `Dropout`).
package struct Dropout: Layer {
    package static let kind = "dropout"

    /// At least 0, below 1.
    package let probability: Float

    package init(probability: Float = 0.5) { self.probability = probability }

    package var description: String { "dropout \(probability)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try DropoutMask.check(probability, for: input)
        return input
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        DropoutOperation(layer, probability: probability, unit: .value)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        inputs[0]
    }
}
