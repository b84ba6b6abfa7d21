import Networks
import Tensors
import TestSupport
import Testing

/// Layers that are computed together give what they give one by one.
struct FusionTests {
    struct Chain: Sendable, CustomTestStringConvertible {
        let input: Shape
        let layers: [any Layer]
        /// The plan's steps.
        let steps: [String]

        init(_ input: Shape, _ layers: [any Layer], _ steps: [String]) {
            (self.input, self.layers, self.steps) = (input, layers, steps)
        }

        var testDescription: String { steps.joined(separator: ", ") }
    }

    private static let conv = Conv2D(filters: 5, kernel: 3, padding: .same)
    private static let wideConv = Conv2D(filters: 16, kernel: 3, padding: .same)
    private static let pool = MaxPool2D(kernel: 2)

    static let chains: [Chain] = [
        Chain([6, 5, 3], [conv, ReLU()], ["conv1+relu1: direct"]),
        Chain([6, 5, 16], [wideConv, ReLU()], ["conv1+relu1: winograd F(2x2)"]),
        Chain([6, 6, 3], [conv, ReLU(), pool], ["conv1+relu1+maxpool1: direct"]),
        Chain(
            [7, 5, 3], [conv, ReLU(), pool, Dropout(probability: 0.3)],
            ["conv1+relu1+maxpool1+dropout1: direct"]),
        Chain([6, 6, 3], [conv, ReLU(), MaxPool2D(kernel: 3)], ["conv1+relu1: direct", "maxpool1"]),
        Chain(
            [5, 5, 3], [conv, ReLU(), MaxPool2D(kernel: 2, stride: 2, padding: .same)],
            ["conv1+relu1: direct", "maxpool1"]),
        Chain([6, 6, 3], [conv, pool, ReLU()], ["conv1: direct", "maxpool1", "relu1"]),
        Chain([6, 6, 3], [conv, ReLU(), ReLU(), pool], ["conv1+relu1: direct", "relu2", "maxpool1"]),
        Chain([6, 6, 4], [BatchNorm(), ReLU()], ["bn1+relu1"]),
        Chain([7, 6, 4], [BatchNorm(), ReLU(), pool], ["bn1+relu1+maxpool1"]),
        Chain(
            [6, 6, 4], [BatchNorm(), ReLU(), pool, Dropout(probability: 0.4), Dropout()],
            ["bn1+relu1+maxpool1+dropout1", "dropout2"]),
        Chain([6, 6, 4], [BatchNorm(), pool], ["bn1", "maxpool1"]),
        Chain([8], [Dense(units: 6), ReLU(), BatchNorm(), ReLU()], ["dense1+relu1", "bn1+relu2"]),
        Chain([130], [Dense(units: 6), ReLU(), Dense(units: 4)], ["dense1+relu1", "dense2"]),
    ]

    @Test(arguments: chains)
    func theyGiveWhatTheyGiveAlone(_ chain: Chain) throws {
        let count = 11
        var random = RandomStream(seed: 1, name: "fusion")
        let images = random.normal(Shape([count] + chain.input.extents), deviation: 1)
        let mode = Mode.training(dropout: RandomStream(seed: 2, name: "dropout"))
        let (network, executor) = try make(chain.layers, chain.input, count: count)
        for parameter in network.parameters {
            parameter.value = random.normal(parameter.value.shape, deviation: 0.5)
        }
        #expect(executor.plannedSteps.map(\.description) == chain.steps)
        executor.forward(images, count: count, mode: mode)

        // Forward, each layer from what the one before gave.
        var alone: [(network: Network, executor: Executor)] = []
        var input = images
        for (index, layer) in network.layers.enumerated() {
            // Alone it is the first of its kind, and has the mask of a dropout of that name.
            let single = try make([chain.layers[index]], layer.input, count: count)
            for (own, parameter) in zip(single.network.parameters, layer.parameters) {
                own.value = parameter.value
            }
            single.executor.forward(input, count: count, mode: mode)
            input = executor.activation(of: index)
            if layer.name != "dropout2" {
                #expect(relativeDifference(input, single.executor.output) <= 1e-5, "\(layer.name)")
            }
            alone.append(single)
        }

        // Backward, and back again through the layers one by one.
        guard !network.layers.contains(where: { $0.name == "dropout2" }) else { return }
        var gradient = random.normal(executor.output.shape, deviation: 1)
        executor.backward(from: gradient)
        for (index, layer) in network.layers.enumerated().reversed() {
            alone[index].executor.backward(from: gradient)
            gradient = try #require(alone[index].executor.inputGradient)
            for (own, parameter) in zip(alone[index].network.parameters, layer.parameters) {
                let difference = zip(own.gradient.scalars, parameter.gradient.scalars).map { abs($0 - $1) }
                    .max()
                #expect(try #require(difference) <= 1e-4, "\(parameter.name)")
            }
        }
        #expect(relativeDifference(try #require(executor.inputGradient), gradient) <= 1e-4)

        // Evaluation draws no mask and uses running statistics.
        executor.forward(images, count: count, mode: .evaluation)
        input = images
        for (index, single) in alone.enumerated() {
            for (own, buffer) in zip(single.network.buffers, network.layers[index].buffers) {
                own.value = buffer.value
            }
            single.executor.forward(input, count: count, mode: .evaluation)
            input = executor.activation(of: index)
            #expect(
                relativeDifference(input, single.executor.output) <= 1e-5, "\(network.layers[index].name)")
        }
    }

    private func make(
        _ layers: [any Layer], _ input: Shape, count: Int
    ) throws -> (network: Network, executor: Executor) {
        let network = try Network(
            name: "chain", input: input, layers: layers, initializer: .he, random: RandomStream(key: 1))
        return (
            network,
            Executor(
                network, loss: CrossEntropy(), batchSize: count, givesInputGradient: true,
                workers: Workers(threads: 2))
        )
    }

    @Test func theEndOfABlockIsComputedAtOnce() throws {
        let body: [any Layer] = [Self.conv, BatchNorm()]
        let (network, executor) = try make(
            [
                Residual(body: body, shortcut: [Self.conv]), ReLU(), Residual(body: body),
                Residual(body: [Self.conv]),
            ],
            [4, 5, 3], count: 2)
        #expect(
            executor.plannedSteps.map(\.description) == [
                "residual1.conv1: direct", "residual1.shortcut.conv1: direct",
                "residual1.bn1+residual1+relu1",
                "residual2.conv1: direct", "residual2.bn1+residual2", "residual3.conv1: direct", "residual3",
            ])
        #expect(executor.plannedSteps.map(\.multiplyAdds).reduce(0, +) == 3 * network.multiplyAdds)
    }

    /// Nothing before the first layer learns: it computes no gradient of its input.
    @Test func theFirstLayerCostsTwoPasses() throws {
        let network = try Network(
            name: "two", input: [4, 5, 3], layers: [Self.conv, Self.conv], initializer: .he,
            random: RandomStream(key: 1))
        let executor = Executor(
            network, loss: CrossEntropy(), batchSize: 1, workers: Workers(threads: 1))
        let forward = network.layers.map(\.multiplyAdds)
        #expect(executor.plannedSteps.map(\.multiplyAdds) == [2 * forward[0], 3 * forward[1]])
    }

    /// Whoever wants to know how fast a plan is finds nothing changed afterwards.
    @Test func measuringChangesNothing() throws {
        let (network, executor) = try make(
            [Self.conv, BatchNorm(), ReLU(), Flatten(), Dense(units: 3)], [4, 5, 3], count: 8)
        for parameter in network.parameters {
            parameter.gradient = Tensor(parameter.gradient.shape, repeating: 2)
        }
        let before = (network.exportTensors() + network.exportGradients()).map(\.tensor.bits)
        let timing = executor.measure(repetitions: 2)
        #expect((network.exportTensors() + network.exportGradients()).map(\.tensor.bits) == before)
        #expect(timing.steps.map(\.step) == executor.plannedSteps)
        #expect(timing.steps.allSatisfy { $0.forward > 0 && $0.backward > 0 })
        #expect(timing.total > timing.preparation + timing.loss)
    }

    @Test func precisionChoosesTheAlgorithm() throws {
        let network = try Network(
            name: "net", input: [8, 8, 32],
            layers: [
                Conv2D(filters: 32, padding: .same), Conv2D(filters: 32, stride: 2),
                Conv2D(filters: 32, kernel: 1),
                Conv2D(filters: 3),
            ], initializer: .he, random: RandomStream(key: 1))
        func algorithms(_ convolution: ConvolutionPrecision) -> [String?] {
            Executor(
                network, loss: CrossEntropy(), batchSize: 1, convolution: convolution,
                workers: Workers(threads: 1)
            ).plannedSteps.map(\.algorithm)
        }
        #expect(algorithms(.exact) == ["winograd F(2x2)", "direct", "direct", "direct"])
        #expect(algorithms(.fast) == ["winograd F(4x4)", "direct", "direct", "direct"])
    }
}
