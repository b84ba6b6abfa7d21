import CKernels
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
}

/// Convolution on the kernels' packed weights, which also applies a `relu` that follows it.
private final class ConvolutionOperation: Operation {
    private let geometry: Buffer<cairn_convolution>
    private let weight: Parameter
    private let bias: Parameter?
    private var appliesReLU = false

    // The step's own copies: the parameters may change before somebody asks for an activation.
    private let forwardWeight: Buffer<Float>
    private let backwardWeight: Buffer<Float>
    private let forwardBias: Buffer<Float>

    private let gradients: ShardGradients

    let algorithm: String?

    init(_ window: Geometry, _ layer: PlacedLayer, _ settings: PlanSettings) {
        var geometry = cairn_convolution(
            input_height: Int32(window.input.height), input_width: Int32(window.input.width),
            input_channels: Int32(layer.input[2]), output_height: Int32(window.output.height),
            output_width: Int32(window.output.width), output_channels: Int32(layer.output[2]),
            kernel_height: Int32(window.kernel.height), kernel_width: Int32(window.kernel.width),
            stride_y: Int32(window.stride.height), stride_x: Int32(window.stride.width),
            pad_top: Int32(window.padTop), pad_left: Int32(window.padLeft), algorithm: cairn_direct)
        let choice = ConvolutionAlgorithm.choose(for: geometry, settings)
        algorithm = choice.rawValue
        geometry.algorithm = choice.kernel
        self.geometry = Buffer(repeating: geometry, count: 1)
        weight = layer.parameters[0]
        bias = layer.parameters.dropFirst().first
        forwardWeight = Buffer(zeros: cairn_convolution_packed_size(self.geometry.pointer))
        backwardWeight = Buffer(zeros: cairn_convolution_packed_size(self.geometry.pointer))
        forwardBias = Buffer(zeros: layer.output[2])
        gradients = ShardGradients(of: layer.parameters, shards: Self.shards(of: layer))
    }

    /// A shard's weight gradient is cleared, filled and added up: for large weights, with few images each, that costs
    /// as much as the sum itself, and memory.
    private static func shards(of layer: PlacedLayer) -> Int {
        layer.parameterCount < largeWeight ? Workers.shardCount : Workers.shardCount / 2
    }

    private static let largeWeight = 30_000

    var scratchCount: Int { cairn_convolution_scratch(geometry.pointer) }

    func absorb(_ next: PlacedLayer) -> Bool {
        guard next.layer is ReLU, !appliesReLU else { return false }
        appliesReLU = true
        return true
    }

    func prepare(isTraining: Bool) {
        weight.value.withUnsafeBufferPointer { weight in
            cairn_convolution_pack_forward(geometry.pointer, weight.baseAddress, forwardWeight.pointer)
            guard isTraining else { return }
            cairn_convolution_pack_backward(geometry.pointer, weight.baseAddress, backwardWeight.pointer)
        }
        bias?.value.withUnsafeBufferPointer { bias in
            guard let base = bias.baseAddress else { return }
            forwardBias.pointer.update(from: base, count: bias.count)
        }
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in layer.convolve(shard, relu: layer.appliesReLU) }
    }

    func writeActivation(ofAbsorbing index: Int, _ pass: Pass) {
        // The ReLU has overwritten it, so it is computed once more.
        pass.forEachShard(self) { layer, shard in layer.convolve(shard, relu: false) }
    }

    private func convolve(_ shard: Shard, relu: Bool) {
        cairn_convolution_forward(
            geometry.pointer, shard.count, shard.input, forwardWeight.pointer,
            bias == nil ? nil : forwardBias.pointer, relu, shard.output, shard.scratch)
    }

    func backward(_ pass: Pass, _ passGradients: PassGradients) {
        pass.forEachShard(self, passGradients, shards: gradients.shards) { layer, shard, shardGradients in
            if layer.appliesReLU {
                cairn_relu_backward(
                    shard.outputCount, shard.output, shardGradients.output, shardGradients.output)
            }
            layer.gradients.clear(shard.index)
            cairn_convolution_backward_weight(
                layer.geometry.pointer, shard.count, shard.input, shardGradients.output,
                layer.gradients.pointer(0, shard.index),
                layer.bias == nil ? nil : layer.gradients.pointer(1, shard.index), shard.scratch)
            if let inputGradient = shardGradients.input {
                cairn_convolution_backward_input(
                    layer.geometry.pointer, shard.count, shardGradients.output, layer.backwardWeight.pointer,
                    inputGradient, shard.scratch)
            }
        }
        gradients.addToParameters(pass)
    }
}
