import CKernels
import Tensors

/// A block that adds what it gets to what its layers make of it: `y = body(x) + shortcut(x)`.
///
/// Without layers of its own the shortcut gives `x` itself; else it brings `x` to the shape of `body(x)`, as a 1x1
/// convolution does. (He et al., 2016.)
///
/// The layers within are named as PyTorch users name a block's: `residual1.conv1`, `residual1.shortcut.conv1`, or
/// `layer1.0.downsample.0` if names are given.
package struct Residual: Block {
    package static let kind = "residual"

    /// At least one.
    package let body: [any Layer]
    /// None for the identity.
    package let shortcut: Branch

    package init(body: [any Layer], shortcut: Branch = []) {
        self.body = body
        self.shortcut = shortcut
    }

    package var contents: String {
        block(body.map { "\($0)" } + (shortcut.isEmpty ? [] : [shortcut.declaration("shortcut")]))
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try sumShape(
            body: Placer.outputShape(of: body, for: input),
            shortcut: Placer.outputShape(of: shortcut.layers, for: input), input: input)
    }

    /// The shape of the sum of two branches, which must have one.
    func sumShape(body: Shape, shortcut: Shape, input: Shape) throws(ShapeError) -> Shape {
        guard !self.body.isEmpty else {
            throw ShapeError(found: input, needed: "at least one layer in its body")
        }
        guard body == shortcut else {
            throw ShapeError(
                found: input,
                needed: "a body and a shortcut that give one shape, not \(body) and \(shortcut)"
                    + (projection(from: input, to: body).map { ": add `shortcut { \($0) }`" } ?? ""))
        }
        return body
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

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        SumOperation()
    }
}

/// The sum of a block's two branches, which operations of their own compute; also applies a `relu` that follows.
private final class SumOperation: Operation {
    private var appliesReLU = false

    var worksInPlace: Bool { true }

    func absorb(_ next: PlacedLayer) -> Bool {
        guard next.layer is ReLU, !appliesReLU else { return false }
        appliesReLU = true
        return true
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            guard let shortcut = shard.shortcut else { return }
            if layer.appliesReLU {
                cairn_add_relu(shard.outputCount, shard.input, shortcut, shard.output)
            } else {
                layer.add(shard)
            }
        }
    }

    func writeActivation(ofAbsorbing index: Int, _ pass: Pass) {
        pass.forEachShard(self) { layer, shard in layer.add(shard) }
    }

    private func add(_ shard: Shard) {
        guard let shortcut = shard.shortcut else { return }
        shard.output.update(from: shard.input, count: shard.outputCount)
        cairn_scale_add(shard.outputCount, 1, shortcut, 1, shard.output)
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            if layer.appliesReLU {
                cairn_relu_backward(shard.outputCount, shard.output, gradients.output, gradients.output)
            }
            gradients.shortcut?.update(from: gradients.output, count: shard.outputCount)
            guard let input = gradients.input, input != gradients.output else { return }
            input.update(from: gradients.output, count: shard.outputCount)
        }
    }
}
