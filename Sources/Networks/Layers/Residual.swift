import Tensors

/// A block that adds what it gets to what its layers make of it: `y = body(x) + shortcut(x)`.
///
/// Without layers of its own the shortcut gives `x` itself; else it brings `x` to the shape of `body(x)`, as a 1x1
/// convolution does. (He et al., 2016.)
///
/// The layers within are named as PyTorch users name a block's: `residual1.conv1`, `residual1.shortcut.conv1`, or
/// `layer1.0.downsample.0` if names are given.
package struct Residual: Block, Join {
    package static let kind = "residual"

    /// At least one.
    package let body: [any Layer]
    /// None for the identity.
    package let shortcut: Branch

    package init(body: [any Layer], shortcut: Branch = []) {
        self.body = body
        self.shortcut = shortcut
    }

    package var branches: [Branch] { [Branch(body), shortcut] }

    package func holding(_ branches: [Branch]) -> any Layer {
        Residual(body: branches[0].layers, shortcut: branches[1])
    }

    package var contents: String? {
        block(body.map { "\($0)" } + (shortcut.isEmpty ? [] : [shortcut.declaration("shortcut")]))
    }

    var parts: [JoinedPart] {
        [
            .branch(body, name: nil),
            .branch(shortcut.layers, name: shortcut.givenName ?? "shortcut"),
        ]
    }

    func outputShape(joining shapes: [Shape], after input: Shape) throws(ShapeError) -> Shape {
        guard !body.isEmpty else { throw ShapeError(found: input, needed: "at least one layer in its body") }
        guard shapes[0] == shapes[1] else {
            throw ShapeError(
                found: input,
                needed: "a body and a shortcut that give one shape, not \(shapes[0]) and \(shapes[1])"
                    + (projection(from: input, to: shapes[0]).map { ": add `shortcut { \($0) }`" } ?? ""))
        }
        return shapes[0]
    }

    /// The usual remedy for an identity that does not fit.
    private func projection(from input: Shape, to output: Shape) -> Conv2D? {
        guard shortcut.isEmpty, input.rank == 3, output.rank == 3, output[0] > 0 else { return nil }
        let stride = (input[0] + output[0] - 1) / output[0]
        let conv = Conv2D(
            filters: output[2], kernel: 1, stride: Size(height: stride, width: stride), bias: false)
        guard let fits = try? conv.outputShape(for: input), fits == output else { return nil }
        return conv
    }

    package func channelFlow(for input: Shape) -> ChannelFlow { .sum }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        SumOperation()
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("Add", inputs)
    }
}
