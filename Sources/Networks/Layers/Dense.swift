import CKernels
import Tensors

/// A fully connected layer: `y = x W^T + b`.
///
/// Shapes: `x` is `[inputs]`, `W` `[units, inputs]`, `b` and `y` `[units]`.
package struct Dense: Layer {
    package static let kind = "dense"

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

    package func makeOperation(for layer: PlacedLayer, batchSize: Int) -> any Operation {
        DenseOperation(layer, batchSize: batchSize)
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

    func writeActivation(ofAbsorbing index: Int, _ pass: Pass, to activation: UnsafeMutablePointer<Float>) {
        guard let beforeReLU else { return }
        activation.update(from: beforeReLU.pointer, count: pass.count * units)
    }

    func forward(_ pass: Pass) {
        let product = beforeReLU?.pointer ?? pass.output
        weight.value.withUnsafeBufferPointer { weight in
            guard let weight = weight.baseAddress else { return }
            pass.forEachShard { _, images, _ in
                let first = images.lowerBound * units
                multiply(
                    Matrix(pass.input + images.lowerBound * inputs, rows: images.count, columns: inputs),
                    by: Matrix(weight, rows: units, columns: inputs).transposed, into: product + first)
                bias?.value.withUnsafeBufferPointer { bias in
                    cairn_channel_add_bias(images.count, units, product + first, bias.baseAddress, false)
                }
                if beforeReLU != nil {
                    cairn_relu_forward(images.count * units, product + first, pass.output + first)
                }
            }
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        // dx = dy W
        weight.value.withUnsafeBufferPointer { weight in
            guard let weight = weight.baseAddress else { return }
            pass.forEachShard { _, images, _ in
                let first = images.lowerBound * units
                if beforeReLU != nil {
                    cairn_relu_backward(
                        images.count * units, pass.output + first, gradients.output + first,
                        gradients.output + first)
                }
                guard let inputGradient = gradients.input else { return }
                multiply(
                    Matrix(gradients.output + first, rows: images.count, columns: units),
                    by: Matrix(weight, rows: units, columns: inputs),
                    into: inputGradient + images.lowerBound * inputs)
            }
        }
        // dW += dy^T x, shared out by rows of W: each is one sum over all images, whatever the threads.
        weight.gradient.withUnsafeMutableBufferPointer { gradient in
            guard let gradient = gradient.baseAddress else { return }
            pass.workers.forEach(Workers.shardCount) { part, _ in
                let rows = Workers.shard(part, of: units)
                multiply(
                    Matrix(
                        gradients.output + rows.lowerBound, rows: pass.count, columns: rows.count,
                        stride: units
                    ).transposed,
                    by: Matrix(pass.input, rows: pass.count, columns: inputs),
                    into: gradient + rows.lowerBound * inputs, accumulating: true)
            }
        }
        // db += sum over images of dy
        bias?.gradient.withUnsafeMutableBufferPointer { gradient in
            cairn_channel_sums(pass.count, units, gradients.output, gradient.baseAddress)
        }
    }
}
