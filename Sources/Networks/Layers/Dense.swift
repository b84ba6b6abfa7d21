import CKernels
import Tensors

/// A fully connected layer: `y = x W^T + b`.
///
/// Shapes: `x` is `[inputs]`, `W` `[units, inputs]`, `b` and `y` `[units]`.
package struct Dense: Layer {
    package static let kind = "dense"

    /// Outputs.
    package let units: Int
    package let hasBias: Bool

    package init(units: Int, bias: Bool = true) {
        self.units = units
        hasBias = bias
    }

    package var description: String { "dense \(units)\(hasBias ? "" : " bias=false")" }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard input.rank == 1 else {
            throw ShapeError(found: input, needed: "one row of numbers: put `flatten` before it")
        }
        guard units >= 1 else { throw ShapeError(found: input, needed: "at least 1 unit, not \(units)") }
        return [units]
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        let weight = ParameterDeclaration(
            "weight", [units, input[0]], start: .random(fanIn: input[0], fanOut: units))
        return hasBias ? [weight, ParameterDeclaration("bias", [units], start: .constant(0))] : [weight]
    }

    package func multiplyAdds(for input: Shape) -> Int { units * input[0] }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        DenseOperation(layer, batchSize: settings.batchSize)
    }
}

/// Matrix products; also applies a `relu` that follows, to a copy, because a dense output is small.
private final class DenseOperation: Operation {
    private let inputs: Int
    private let units: Int
    private let batchSize: Int
    private let weight: Parameter
    private let bias: Parameter?
    /// What the absorbed `relu` gets; nil without one.
    private var beforeReLU: Buffer<Float>?

    init(_ layer: PlacedLayer, batchSize: Int) {
        inputs = layer.input.count
        units = layer.output.count
        self.batchSize = batchSize
        weight = layer.parameters[0]
        bias = layer.parameters.dropFirst().first
    }

    func absorb(_ next: PlacedLayer) -> Bool {
        guard next.layer is ReLU, beforeReLU == nil else { return false }
        beforeReLU = Buffer(zeros: batchSize * units)
        return true
    }

    func writeActivation(ofAbsorbing index: Int, _ pass: Pass) {
        guard let beforeReLU else { return }
        pass.output.update(from: beforeReLU.pointer, count: pass.count * units)
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in layer.propagate(shard) }
    }

    private func propagate(_ shard: Shard) {
        let product = beforeReLU.map { $0.pointer + shard.images.lowerBound * units } ?? shard.output
        // y = x W^T + b
        weight.value.withUnsafeBufferPointer { weight in
            guard let weight = weight.baseAddress else { return }
            multiply(
                Matrix(shard.input, rows: shard.count, columns: inputs),
                by: Matrix(weight, rows: units, columns: inputs).transposed, into: product)
        }
        bias?.value.withUnsafeBufferPointer { bias in
            cairn_channel_add_bias(shard.count, units, product, bias.baseAddress, false)
        }
        if beforeReLU != nil { cairn_relu_forward(shard.outputCount, product, shard.output) }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            layer.backpropagate(shard, gradients)
        }
        weight.gradient.withUnsafeMutableBufferPointer { gradient in
            guard let gradient = gradient.baseAddress else { return }
            pass.workers.forEach(
                Workers.shardCount,
                WeightGradient(
                    units: units, outputGradient: Matrix(gradients.output, rows: pass.count, columns: units),
                    input: Matrix(pass.input, rows: pass.count, columns: inputs), gradient: gradient))
        }
        // db += sum over images of dy
        bias?.gradient.withUnsafeMutableBufferPointer { gradient in
            cairn_channel_sums(pass.count, units, gradients.output, gradient.baseAddress)
        }
    }

    private func backpropagate(_ shard: Shard, _ gradients: PassGradients) {
        if beforeReLU != nil {
            cairn_relu_backward(shard.outputCount, shard.output, gradients.output, gradients.output)
        }
        guard let inputGradient = gradients.input else { return }
        // dx = dy W
        weight.value.withUnsafeBufferPointer { weight in
            guard let weight = weight.baseAddress else { return }
            multiply(
                Matrix(gradients.output, rows: shard.count, columns: units),
                by: Matrix(weight, rows: units, columns: inputs), into: inputGradient)
        }
    }

    /// `dW += dy^T x`, shared out by rows of `W`: each is one sum over all images, whatever the threads.
    private struct WeightGradient: ParallelWork {
        let units: Int
        let outputGradient: Matrix
        let input: Matrix
        let gradient: UnsafeMutablePointer<Float>

        func run(item: Int, thread: Int) {
            let rows = Workers.shard(item, of: units)
            multiply(
                outputGradient.columns(rows).transposed, by: input,
                into: gradient + rows.lowerBound * input.columns, accumulating: true)
        }
    }
}
