import Tensors

/// Convolution: `y[y', x', f] = b[f] + sum over (ky, kx, c) of w[ky, kx, c, f] x[y' s + ky - p, x' s + kx - p, c]`.
///
/// Shapes: `x` is `[H, W, C]`, `w` `[K_y, K_x, C, F]` in memory and `[F, C, K_y, K_x]` outside, `y` `[H', W', F]`.
package struct Conv2D: Layer {
    package static let kind = "conv"

    /// Output channels.
    package let filters: Int
    package let hasBias: Bool
    private let window: Window

    package init(
        filters: Int, kernel: Size = 3, stride: Size = 1, padding: Padding = .valid, bias: Bool = true
    ) {
        self.filters = filters
        hasBias = bias
        window = Window(kernel: kernel, stride: stride, padding: padding)
    }

    package var description: String {
        "conv \(filters) kernel=\(window.kernel)\(window.arguments(defaultStride: 1))"
            + (hasBias ? "" : " bias=false")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard (1...Geometry.largestExtent).contains(filters) else {
            throw ShapeError(found: input, needed: "filters in 1...\(Geometry.largestExtent), not \(filters)")
        }
        let geometry = try window.geometry(for: input)
        return [geometry.output.height, geometry.output.width, filters]
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        let taps = window.kernel.height * window.kernel.width
        let weight = ParameterDeclaration(
            "weight", [window.kernel.height, window.kernel.width, input[2], filters], layout: .filters,
            start: .random(fanIn: input[2] * taps, fanOut: filters * taps))
        return hasBias ? [weight, ParameterDeclaration("bias", [filters], start: .constant(0))] : [weight]
    }

    package func multiplyAdds(for input: Shape) -> Int {
        guard let geometry = try? window.geometry(for: input) else { return 0 }
        return geometry.output.height * geometry.output.width * filters * input[2]
            * window.kernel.height * window.kernel.width
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        guard let geometry = try? window.geometry(for: layer.input) else {
            preconditionFailure("\(layer.name) was placed after a shape it does not accept")
        }
        return ConvolutionOperation(geometry, layer, settings)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add(
            "Conv", inputs + layer.parameters.map { graph.constant($0) },
            window.operatorAttributes(for: layer.input))
    }
}
