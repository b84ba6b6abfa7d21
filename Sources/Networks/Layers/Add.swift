import Tensors

/// The sum of what comes in and of values that a `mark` has named, all of one shape: a long skip connection.
package struct Add: Join {
    package static let kind = "add"

    /// At least one.
    package let marks: [String]

    package init(_ marks: [String]) { self.marks = marks }

    package var description: String { "add \(marks.joined(separator: " "))" }

    var parts: [JoinedPart] { [.input] + marks.map { .marked($0) } }

    func outputShape(joining shapes: [Shape], after input: Shape) throws(ShapeError) -> Shape {
        guard !marks.isEmpty else { throw ShapeError(found: input, needed: "the name of a `mark`") }
        guard shapes.allSatisfy({ $0 == shapes[0] }) else {
            throw ShapeError(found: input, needed: "summands of one shape, not \(list(shapes))")
        }
        return input
    }

    package func channelFlow(for input: Shape) -> ChannelFlow { .sum }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        SumOperation()
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("Sum", inputs)
    }
}
