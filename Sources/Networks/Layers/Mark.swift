import Tensors

/// A name for what comes in, which stays as it is: an `add` or a `concat` further on takes it by that name.
///
/// It holds to the end of its block, or until the name is given to something else. No operation computes it.
package struct Mark: Layer {
    package static let kind = "mark"

    package let name: String

    package init(_ name: String) { self.name = name }

    package var description: String { "mark \(name)" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        preconditionFailure("a mark is resolved when the layers are placed")
    }
}
