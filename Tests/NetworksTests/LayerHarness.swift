import Networks
import Tensors
import Testing

/// A layer at work, alone in a network that also gives the gradient of its input.
final class LayerHarness {
    let network: Network
    private let executor: Executor

    init(_ layerCase: LayerCase, batchSize: Int? = nil, threads: Int = 1, seed: UInt64 = 1) throws {
        network = try Network(
            name: "one", input: layerCase.input, layers: layerCase.layers, initializer: .he,
            random: RandomStream(seed: seed, name: "init"))
        prefix = layerCase.before.isEmpty ? (network.layers.last?.name ?? "") + "." : ""
        executor = Executor(
            network, loss: CrossEntropy(), batchSize: batchSize ?? layerCase.count,
            givesInputGradient: true, workers: Workers(threads: threads))
    }

    /// What the names of a lone layer's tensors begin with: `residual1.`, though there are layers in it.
    let prefix: String

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
        network.zeroGradients()
    }

    /// Numbers in random order, evenly apart: none is near another one or 0, where a `relu` or a maximum has a kink.
    static func input(_ layerCase: LayerCase, spacing: Float = 0.04) -> Tensor {
        let count = layerCase.count * layerCase.input.count
        var random = RandomStream(seed: 3, name: "input")
        let scalars = random.permutation(of: count).map { (Float($0) - Float(count / 2) + 0.5) * spacing }
        return Tensor(Shape([layerCase.count] + layerCase.input.extents), scalars)
    }

    func forward(_ input: Tensor, mode: Mode) -> Tensor {
        executor.forward(input, count: input.shape[0], mode: mode)
        return executor.output
    }

    /// The input's gradient; the parameters' are added to the network's.
    func backward(_ outputGradient: Tensor) throws -> Tensor {
        executor.backward(from: outputGradient)
        return try #require(executor.inputGradient)
    }
}
