import Networks
import Tensors
import Testing

/// A layer at work without a network around it, on memory whose surroundings are watched.
final class LayerHarness {
    let network: Network
    private let layer: PlacedLayer
    private let operation: any Operation
    private let workers: Workers
    private let scratch: Buffer<Float>
    private var input: Tensor
    private var output: Tensor
    private var mode = Mode.evaluation

    /// Beyond the end of each tensor an operation writes.
    private static let guardCount = 64

    init(_ layerCase: LayerCase, batchSize: Int? = nil, threads: Int = 1, seed: UInt64 = 1) throws {
        network = try Network(
            name: "one", input: layerCase.input, layers: [layerCase.layer], initializer: .he,
            random: RandomStream(seed: seed, name: "init"))
        layer = network.layers[0]
        workers = Workers(threads: threads)
        operation = layer.layer.makeOperation(for: layer, batchSize: batchSize ?? layerCase.count)
        scratch = Buffer(repeating: .nan, count: (operation.scratchCount + 16) * threads)
        input = Tensor(zeros: [0])
        output = Tensor(zeros: [0])
    }

    /// Weights that are not the defaults, which hide mistakes: nothing is 0 or 1.
    func randomizeParameters() {
        var random = RandomStream(seed: 5, name: "parameters")
        for parameter in network.parameters {
            parameter.value = Tensor(
                parameter.value.shape,
                (0..<parameter.value.count).map { _ in random.uniform(in: 0.2...0.9) - 0.4 })
        }
        for buffer in network.buffers {
            buffer.value = Tensor(
                buffer.value.shape, (0..<buffer.value.count).map { _ in random.uniform(in: 0.5...2) })
        }
    }

    /// Numbers in random order, evenly apart: none is near another one or 0, where a `relu` or a maximum has a kink.
    static func input(_ layerCase: LayerCase, spacing: Float = 0.04) -> Tensor {
        let count = layerCase.count * layerCase.input.count
        var random = RandomStream(seed: 3, name: "input")
        let scalars = random.permutation(of: count).map { (Float($0) - Float(count / 2) + 0.5) * spacing }
        return Tensor(Shape([layerCase.count] + layerCase.input.extents), scalars)
    }

    func forward(_ input: Tensor, mode: Mode) -> Tensor {
        self.input = input
        self.mode = mode
        let count = input.shape[0]
        operation.prepare(isTraining: mode.isTraining)
        output = guarded(Shape([count] + layer.output.extents)) { output in
            input.withUnsafeBufferPointer { input in
                guard let input = input.baseAddress else { return }
                operation.forward(pass(count, input, output))
            }
        }
        return output
    }

    /// The input's gradient; the parameters' are added to the network's.
    func backward(_ outputGradient: Tensor) -> Tensor {
        let count = input.shape[0]
        var output = output
        // A copy, because operations may overwrite it.
        var outputGradient = outputGradient
        return guarded(input.shape, startingAs: operation.worksInPlace ? outputGradient : nil) {
            inputGradient in
            input.withUnsafeBufferPointer { input in
                output.withUnsafeMutableBufferPointer { output in
                    outputGradient.withUnsafeMutableBufferPointer { outputGradient in
                        guard let input = input.baseAddress, let output = output.baseAddress,
                            let outputGradient = outputGradient.baseAddress
                        else { return }
                        operation.backward(
                            pass(count, input, output),
                            PassGradients(
                                output: operation.worksInPlace ? inputGradient : outputGradient,
                                input: inputGradient))
                    }
                }
            }
        }
    }

    private func pass(_ count: Int, _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>)
        -> Pass
    {
        Pass(
            count: count, mode: mode, workers: workers, input: input, inputSize: layer.input.count,
            output: output, outputSize: layer.output.count, scratch: scratch.pointer,
            scratchStride: operation.scratchCount + 16)
    }

    /// A tensor that `body` has to fill from end to end, and not beyond.
    private func guarded(
        _ shape: Shape, startingAs start: Tensor? = nil, _ body: (UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor {
        let canary = Float(bitPattern: 0x7fc0_1234)
        let memory = Buffer(repeating: canary, count: shape.count + Self.guardCount)
        if let start { for (index, scalar) in start.scalars.enumerated() { memory.pointer[index] = scalar } }
        body(memory.pointer)
        let bits = memory.elements.map(\.bitPattern)
        #expect(!bits.prefix(shape.count).contains(canary.bitPattern), "some of \(shape) was left out")
        #expect(bits.dropFirst(shape.count).allSatisfy { $0 == canary.bitPattern }, "wrote beyond \(shape)")
        return Tensor(shape, copying: memory.pointer)
    }
}
