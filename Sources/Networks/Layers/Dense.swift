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
            "weight", [units, input[0]], start: .random(fanIn: input[0], fanOut: units),
            axes: [.outputs, .inputs])
        return hasBias ? [weight, ParameterDeclaration("bias", [units], start: .constant(0))] : [weight]
    }

    package func channelFlow(for input: Shape) -> ChannelFlow { .mixed(groups: 1) }

    package func resized(from input: Shape, inputs: Int, outputs: Int) -> any Layer {
        Dense(units: outputs, bias: hasBias)
    }

    package func multiplyAdds(for input: Shape) -> Int { units * input[0] }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        DenseOperation(layer, batchSize: settings.batchSize)
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("Gemm", inputs + layer.parameters.map { graph.constant($0) }, ["transB": .integer(1)])
    }
}

/// Matrix products, cut into parts along the inputs, which are usually many: then each part has its own columns of the
/// weights and of the images, which OpenBLAS has to reorder, and only small matrices are reordered more than once.
///
/// Also applies a `relu` that follows, to a copy, because a dense output is small.
private final class DenseOperation: Operation {
    private let inputs: Int
    private let units: Int
    private let batchSize: Int
    private let weight: Parameter
    private let bias: Parameter?
    private let parts: Int
    /// What each part adds to the outputs, `[parts, batchSize, units]`; empty if there is one.
    private let partialSums: Buffer<Float>
    /// What the absorbed `relu` gets; nil without one.
    private var beforeReLU: Buffer<Float>?

    init(_ layer: PlacedLayer, batchSize: Int) {
        inputs = layer.input.count
        units = layer.output.count
        self.batchSize = batchSize
        weight = layer.parameters[0]
        bias = layer.parameters.dropFirst().first
        // Narrower parts are not worth waking a thread.
        parts = min(max(inputs / 64, 1), Workers.shardCount)
        partialSums = Buffer(zeros: parts > 1 ? parts * batchSize * units : 0)
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
        weight.value.withUnsafeBufferPointer { weight in
            guard let weight = weight.baseAddress else { return }
            let product = parts > 1 ? partialSums.pointer : beforeReLU?.pointer ?? pass.output
            pass.workers.forEach(
                parts,
                Product(
                    parts: parts, input: Matrix(pass.input, rows: pass.count, columns: inputs),
                    weight: Matrix(weight, rows: units, columns: inputs), partialSums: product))
        }
        pass.forEachShard(self) { layer, shard in layer.finish(shard) }
    }

    /// Each item is `x W^T` over some of the inputs.
    private struct Product: ParallelWork {
        let parts: Int
        let input: Matrix
        let weight: Matrix
        let partialSums: UnsafeMutablePointer<Float>

        func run(item: Int, thread: Int) {
            let columns = Workers.shard(item, of: input.columns, shards: parts)
            multiply(
                input.columns(columns), by: weight.columns(columns).transposed,
                into: partialSums + item * input.rows * weight.rows)
        }
    }

    /// Adds up the parts, in their order, and the bias.
    private func finish(_ shard: Shard) {
        let first = shard.images.lowerBound * units
        let sum = beforeReLU.map { $0.pointer + first } ?? shard.output
        if parts > 1 {
            let partSize = shard.batchCount * units
            sum.update(from: partialSums.pointer + first, count: shard.outputCount)
            for part in 1..<parts {
                cairn_scale_add(shard.outputCount, 1, partialSums.pointer + part * partSize + first, 1, sum)
            }
        }
        bias?.value.withUnsafeBufferPointer { bias in
            cairn_channel_add_bias(shard.count, units, sum, bias.baseAddress, false)
        }
        if beforeReLU != nil { cairn_relu_forward(shard.outputCount, sum, shard.output) }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        if beforeReLU != nil {
            cairn_relu_backward(pass.count * units, pass.output, gradients.output, gradients.output)
        }
        weight.gradient.withUnsafeMutableBufferPointer { gradient in
            weight.value.withUnsafeBufferPointer { weight in
                guard let gradient = gradient.baseAddress, let weight = weight.baseAddress else { return }
                pass.workers.forEach(
                    parts,
                    Gradients(
                        parts: parts,
                        outputGradient: Matrix(gradients.output, rows: pass.count, columns: units),
                        input: Matrix(pass.input, rows: pass.count, columns: inputs),
                        weight: Matrix(weight, rows: units, columns: inputs), weightGradient: gradient,
                        inputGradient: gradients.input))
            }
        }
        // db += sum over images of dy
        bias?.gradient.withUnsafeMutableBufferPointer { gradient in
            cairn_channel_sums(pass.count, units, gradients.output, gradient.baseAddress)
        }
    }

    /// Each item is some columns of `dW += dy^T x` and `dx = dy W`.
    private struct Gradients: ParallelWork {
        let parts: Int
        let outputGradient: Matrix
        let input: Matrix
        let weight: Matrix
        let weightGradient: UnsafeMutablePointer<Float>
        let inputGradient: UnsafeMutablePointer<Float>?

        func run(item: Int, thread: Int) {
            let columns = Workers.shard(item, of: input.columns, shards: parts)
            multiply(
                outputGradient.transposed, by: input.columns(columns),
                into: weightGradient + columns.lowerBound,
                stride: input.columns, accumulating: true)
            guard let inputGradient else { return }
            multiply(
                outputGradient, by: weight.columns(columns), into: inputGradient + columns.lowerBound,
                stride: input.columns)
        }
    }
}
