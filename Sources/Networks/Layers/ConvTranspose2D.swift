import CKernels
import Tensors

/// Transposed convolution, the gradient of a convolution with respect to its input: it makes images larger. Each
/// pixel of `x` adds the kernel times itself to `y` at `(y s - p, x s - p)` (Zeiler et al., 2010).
///
/// Shapes: `x` is `[H, W, C]`, `w` `[K_y, K_x, F / groups, C]` in memory and, as PyTorch's ConvTranspose2d has it,
/// `[C, F / groups, K_y, K_x]` outside, `y` `[H', W', F]` with `H' = (H - 1) s - 2 p + d (K_y - 1) + output padding + 1`.
package struct ConvTranspose2D: ConvolutionLayer {
    package static let kind = "convtranspose"

    /// Output channels.
    package let filters: Int
    package let hasBias: Bool
    package let groups: Int
    private let kernel: Size
    private let stride: Size
    private let padding: Int
    private let outputPadding: Int
    private let dilation: Size

    package init(
        filters: Int, kernel: Size = 3, stride: Size = 1, padding: Int = 0, outputPadding: Int = 0,
        dilation: Size = 1, groups: Int = 1, bias: Bool = true
    ) {
        self.filters = filters
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.outputPadding = outputPadding
        self.dilation = dilation
        self.groups = groups
        hasBias = bias
    }

    package var description: String {
        let others = [
            stride == 1 ? nil : "stride=\(stride)", padding == 0 ? nil : "padding=\(padding)",
            outputPadding == 0 ? nil : "output-padding=\(outputPadding)",
            dilation == 1 ? nil : "dilation=\(dilation)", groups == 1 ? nil : "groups=\(groups)",
            hasBias ? nil : "bias=false",
        ]
        return (["convtranspose \(filters) kernel=\(kernel)"] + others.compactMap(\.self))
            .joined(separator: " ")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        let output = try convolution(for: input).geometry.input
        return [output.height, output.width, filters]
    }

    /// The convolution from the output to the input.
    func convolution(for input: Shape) throws(ShapeError) -> Convolution {
        guard input.rank == 3 else { throw ShapeError(imageNeeded: input) }
        let allowed = 1...Geometry.largestExtent
        for (what, size) in [("kernel", kernel), ("stride", stride), ("dilation", dilation)]
        where !allowed.contains(size.height) || !allowed.contains(size.width) {
            throw ShapeError(found: input, needed: "\(what) in 1...\(Geometry.largestExtent), not \(size)")
        }
        guard allowed.contains(filters) else {
            throw ShapeError(found: input, needed: "filters in 1...\(Geometry.largestExtent), not \(filters)")
        }
        // More would be rows that nothing is added to.
        let most = min(max(stride.height, dilation.height), max(stride.width, dilation.width)) - 1
        guard (0...most).contains(outputPadding) else {
            throw ShapeError(
                found: input,
                needed:
                    "output padding less than the stride or the dilation, at most \(most), not \(outputPadding)"
            )
        }
        guard (0...Geometry.largestExtent).contains(padding) else {
            throw ShapeError(
                found: input, needed: "padding in 0...\(Geometry.largestExtent), not \(padding)")
        }
        let reach = Geometry.reach(of: kernel, dilation: dilation)
        let output = Size(
            height: (input[0] - 1) * stride.height - 2 * padding + reach.height + outputPadding,
            width: (input[1] - 1) * stride.width - 2 * padding + reach.width + outputPadding)
        guard allowed.contains(output.height), allowed.contains(output.width) else {
            throw ShapeError(
                found: input,
                needed: "an output in 1...\(Geometry.largestExtent) on both sides, not \(output)")
        }
        let geometry = Geometry(
            from: output, to: Size(height: input[0], width: input[1]), kernel: kernel, stride: stride,
            padding: padding, dilation: dilation)
        return try Convolution(
            geometry, channels: filters, filters: input[2], groups: groups, for: input)
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        ConvTransposeOperation(placedConvolution(for: layer.input), layer, settings)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        // Output padding is less padding at the end, and where there is none to take from, rows that only the bias
        // reaches: ONNX's own must be less than the stride.
        let (end, rest) = (max(padding - outputPadding, 0), max(outputPadding - padding, 0))
        let tensors = rest == 0 ? layer.parameters : [layer.parameters[0]]
        let value = graph.add(
            "ConvTranspose", inputs + tensors.map { graph.constant($0) },
            [
                "kernel_shape": .integers([kernel.height, kernel.width]),
                "strides": .integers([stride.height, stride.width]),
                "pads": .integers([padding, padding, end, end]),
                "dilations": .integers([dilation.height, dilation.width]), "group": .integer(groups),
            ])
        guard rest > 0 else { return value }
        let padded = graph.add("Pad", [value, graph.constant([0, 0, 0, 0, 0, 0, rest, rest], "rest")])
        guard hasBias else { return padded }
        return graph.add("Add", [padded, graph.constant(layer.parameters[1], alongChannelsOf: layer)])
    }
}

/// The convolution's kernels with forward and backward exchanged.
private final class ConvTransposeOperation: Operation {
    let algorithm: String?

    private let geometry: Buffer<cairn_convolution>
    private let pixels: Int
    private let filters: Int
    private let weight: Parameter
    private let bias: Parameter?
    private let forwardWeight: Buffer<Float>
    private let backwardWeight: Buffer<Float>
    private let gradients: ShardGradients

    init(_ convolution: Convolution, _ layer: PlacedLayer, _ settings: PlanSettings) {
        let (geometry, choice) = convolution.kernelGeometry(settings)
        algorithm = choice.rawValue
        self.geometry = Buffer(repeating: geometry, count: 1)
        pixels = layer.output[0] * layer.output[1]
        filters = layer.output[2]
        weight = layer.parameters[0]
        bias = layer.parameters.dropFirst().first
        forwardWeight = Buffer(zeros: cairn_convolution_packed_size(self.geometry.pointer))
        backwardWeight = Buffer(zeros: cairn_convolution_packed_size(self.geometry.pointer))
        gradients = ShardGradients(of: layer.parameters, shards: ConvolutionOperation.shards(of: layer))
    }

    var scratchCount: Int { cairn_convolution_scratch(geometry.pointer) }

    func prepare(isTraining: Bool) {
        weight.value.withUnsafeBufferPointer { weight in
            cairn_convolution_pack_backward(geometry.pointer, weight.baseAddress, forwardWeight.pointer)
            guard isTraining else { return }
            cairn_convolution_pack_forward(geometry.pointer, weight.baseAddress, backwardWeight.pointer)
        }
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            cairn_convolution_backward_input(
                layer.geometry.pointer, shard.count, shard.input, layer.forwardWeight.pointer, shard.output,
                shard.scratch)
            layer.bias?.value.withUnsafeBufferPointer { bias in
                cairn_channel_add_bias(
                    shard.count * layer.pixels, layer.filters, shard.output, bias.baseAddress, false)
            }
        }
    }

    func backward(_ pass: Pass, _ passGradients: PassGradients) {
        pass.forEachShard(self, passGradients, shards: gradients.shards) { layer, shard, shardGradients in
            layer.backpropagate(shard, shardGradients)
        }
        gradients.addToParameters(pass)
    }

    private func backpropagate(_ shard: Shard, _ shardGradients: PassGradients) {
        gradients.clear(shard.index)
        cairn_convolution_backward_weight(
            geometry.pointer, shard.count, shardGradients.output, shard.input,
            gradients.pointer(0, shard.index), nil, shard.scratch)
        if bias != nil {
            cairn_channel_sums(
                shard.count * pixels, filters, shardGradients.output, gradients.pointer(1, shard.index))
        }
        if let inputGradient = shardGradients.input {
            cairn_convolution_forward(
                geometry.pointer, shard.count, shardGradients.output, backwardWeight.pointer, nil, false,
                inputGradient, shard.scratch)
        }
    }
}
