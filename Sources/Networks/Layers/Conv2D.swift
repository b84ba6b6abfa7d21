import Tensors

/// Convolution:
/// `y[y', x', f] = b[f] + sum over (ky, kx, c) of w[ky, kx, c, f] x[y' s + ky d - p, x' s + kx d - p, c]`,
/// where `c` runs over the channels of the filter's group.
///
/// Shapes: `x` is `[H, W, C]`, `w` `[K_y, K_x, C / groups, F]` in memory and `[F, C / groups, K_y, K_x]` outside, `y`
/// `[H', W', F]`.
package struct Conv2D: ConvolutionLayer {
    package static let kind = "conv"

    /// Output channels.
    package let filters: Int
    package let hasBias: Bool
    /// As many parts of the channels, each with its own filters; as many as channels make it depthwise.
    package let groups: Int
    private let window: Window

    package init(
        filters: Int, kernel: Size = 3, stride: Size = 1, padding: Padding = .valid, dilation: Size = 1,
        groups: Int = 1, bias: Bool = true
    ) {
        self.filters = filters
        self.groups = groups
        hasBias = bias
        window = Window(kernel: kernel, stride: stride, padding: padding, dilation: dilation)
    }

    package var description: String {
        "conv \(filters) kernel=\(window.kernel)\(window.arguments(defaultStride: 1))"
            + (groups == 1 ? "" : " groups=\(groups)") + (hasBias ? "" : " bias=false")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard (1...Geometry.largestExtent).contains(filters) else {
            throw ShapeError(found: input, needed: "filters in 1...\(Geometry.largestExtent), not \(filters)")
        }
        let output = try convolution(for: input).geometry.output
        return [output.height, output.width, filters]
    }

    func convolution(for input: Shape) throws(ShapeError) -> Convolution {
        try Convolution(
            window.geometry(for: input), channels: input[2], filters: filters, groups: groups, for: input)
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        ConvolutionOperation(placedConvolution(for: layer.input), layer, settings)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add(
            "Conv", inputs + layer.parameters.map { graph.constant($0) },
            window.operatorAttributes(for: layer.input).merging(["group": .integer(groups)]) { $1 })
    }
}
