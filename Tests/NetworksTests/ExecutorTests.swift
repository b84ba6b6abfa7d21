import Networks
import Tensors
import TestSupport
import Testing

struct ExecutorTests {
    private let workers = Workers(threads: 2)
    private let training = Mode.training(dropout: RandomStream(seed: 1, name: "dropout"))

    private func makeNetwork(_ layers: [any Layer], _ input: Shape = [6, 6, 2]) throws -> Network {
        try Network(
            name: "net", input: input, layers: layers, initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
    }

    private func images(_ count: Int, _ shape: Shape = [6, 6, 2]) -> Tensor {
        var random = RandomStream(seed: 2, name: "images")
        return random.normal(Shape([count] + shape.extents), deviation: 1)
    }

    private let absorbing: [any Layer] = [
        Conv2D(filters: 4), ReLU(), Flatten(), Dense(units: 5), ReLU(), Dense(units: 3),
    ]

    @Test func absorbedLayersStillAnswerForTheirActivations() throws {
        let network = try makeNetwork(absorbing)
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 8, workers: workers)
        executor.forward(images(8), count: 8, mode: training)
        for index in [0, 3] {
            let before = executor.activation(of: index)
            let after = executor.activation(of: index + 1)
            #expect(before.scalars.contains { $0 < 0 })
            #expect(after.bits == before.scalars.map { max($0, 0).bitPattern })
        }
    }

    /// Where a value is read twice no layer may overwrite it, neither on the way there nor on the way back.
    @Test func aBlockSumsWhatItGotAndWhatItsBodyGave() throws {
        let network = try makeNetwork([
            Conv2D(filters: 2, padding: .same),
            Residual(body: [ReLU(), Residual(body: [ReLU(), BatchNorm()])]),
            ReLU(), Flatten(), Dense(units: 3),
        ])
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 8, workers: workers)
        executor.forward(images(8), count: 8, mode: training)
        func activation(_ name: String) throws -> [Float] {
            executor.activation(of: try #require(network.layers.firstIndex { $0.name == name })).scalars
        }
        let start = try activation("conv1")
        let positive = start.map { max($0, 0) }
        #expect(start.contains { $0 < 0 })
        #expect(try activation("residual1.relu1") == positive)
        #expect(try activation("residual1.residual1.relu1") == positive)
        let inner = zip(positive, try activation("residual1.residual1.bn1")).map { $0 + $1 }
        #expect(try activation("residual1.residual1") == inner)
        #expect(try activation("residual1") == zip(start, inner).map { $0 + $1 })
        #expect(try activation("relu1") == activation("residual1").map { max($0, 0) })
    }

    @Test func activationsOutliveAnUpdateAndAreNotTheNextImages() throws {
        let network = try makeNetwork(absorbing)
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 8, workers: workers)
        var batch = images(8)
        executor.forward(batch, count: 8, mode: training)
        let before = network.layers.indices.map { executor.activation(of: $0).bits }
        batch.withUnsafeMutableBufferPointer { $0.update(repeating: 7) }
        for parameter in network.parameters { parameter.value = Tensor(parameter.value.shape, repeating: 3) }
        #expect(network.layers.indices.map { executor.activation(of: $0).bits } == before)
    }

    @Test func partialBatchesIgnoreWhatIsLeftInMemory() throws {
        let layers: [any Layer] = [
            Conv2D(filters: 4), BatchNorm(), ReLU(), MaxPool2D(kernel: 2), Flatten(), Dense(units: 3),
        ]
        func run(batchSize: Int, dirty: Bool) throws -> [[UInt32]] {
            let network = try makeNetwork(layers)
            let executor = Executor(network, loss: CrossEntropy(), batchSize: batchSize, workers: workers)
            if dirty {
                executor.forward(images(12), count: 12, mode: training)
                _ = executor.computeLoss(labels: Array(repeating: 2, count: 12))
                executor.backward()
                network.zeroGradients()
            }
            executor.forward(images(5), count: 5, mode: training)
            _ = executor.computeLoss(labels: [0, 1, 2, 0, 1])
            executor.backward()
            #expect(executor.output.shape == [5, 3])
            return [executor.output.bits] + network.parameters.map(\.gradient.bits)
        }
        let exact = try run(batchSize: 5, dirty: false)
        #expect(try run(batchSize: 12, dirty: true) == exact)
    }

    @Test func gradientsAddUpOverBatches() throws {
        let network = try makeNetwork(absorbing)
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 4, workers: workers)
        func step() {
            executor.forward(images(4), count: 4, mode: training)
            _ = executor.computeLoss(labels: [0, 1, 2, 0])
            executor.backward()
        }
        step()
        let once = network.parameters.map(\.gradient)
        step()
        for (parameter, once) in zip(network.parameters, once) {
            let twice = Tensor(once.shape, once.scalars.map { 2 * $0 })
            #expect(relativeDifference(parameter.gradient, twice) <= 1e-6, "\(parameter.name)")
        }
        network.zeroGradients()
        #expect(network.parameters.allSatisfy { $0.gradient.scalars.allSatisfy { $0 == 0 } })
    }

    @Test func layersBeforeTheFirstParameterNeedNoGradient() throws {
        let network = try makeNetwork([MaxPool2D(kernel: 2), Dropout(), Flatten(), Dense(units: 3)])
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 4, workers: workers)
        executor.forward(images(4), count: 4, mode: training)
        _ = executor.computeLoss(labels: [0, 1, 2, 0])
        executor.backward()
        #expect(network.parameters.allSatisfy { $0.gradient.scalars.contains { $0 != 0 } })
    }

    @Test func evaluationLeavesTheNetworkAlone() throws {
        let network = try makeNetwork([
            Conv2D(filters: 3), BatchNorm(), Dropout(), Flatten(), Dense(units: 3),
        ])
        let before = (network.exportTensors() + network.exportGradients()).map(\.tensor.bits)
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 4, workers: workers)
        executor.forward(images(4), count: 4, mode: .evaluation)
        let result = executor.computeLoss(labels: [0, 1, 2, 0])
        #expect(result.count == 4 && result.meanLoss.isFinite && (0...4).contains(result.correct))
        #expect((network.exportTensors() + network.exportGradients()).map(\.tensor.bits) == before)
    }

    // MARK: NaN

    @Test func nothingIsNonFiniteInAHealthyPass() throws {
        let executor = Executor(
            try makeNetwork(absorbing), loss: CrossEntropy(), batchSize: 4, workers: workers)
        executor.forward(images(4), count: 4, mode: training)
        #expect(executor.firstNonFinite() == nil)
        #expect(executor.firstNonFiniteGradient() == nil)
    }

    @Test func nanIsFoundWhereItBegan() throws {
        let network = try makeNetwork([Conv2D(filters: 4), ReLU(), BatchNorm(), Flatten(), Dense(units: 3)])
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 4, workers: workers)
        func poison(_ name: String, _ value: Float) throws {
            let parameter = try #require(network.parameters.first { $0.name == name })
            parameter.value.withUnsafeMutableBufferPointer { $0[0] = value }
            executor.forward(images(4), count: 4, mode: .evaluation)
        }
        try poison("dense1.bias", .nan)
        #expect(executor.firstNonFinite()?.place == .parameter("dense1.bias"))
        #expect(executor.computeLoss(labels: [0, 1, 2, 0]).lossSum.isNaN)
        // Finite weights, but the sum overflows: a negative infinity that the absorbed `relu` hides.
        try poison("conv1.bias", -.greatestFiniteMagnitude)
        try poison("conv1.weight", -.greatestFiniteMagnitude)
        let found = executor.firstNonFinite()
        #expect(found?.place == .activation(layerIndex: 0, layerName: "conv1"))
        #expect(found?.description == "infinity in conv1's activations")

        var bad = images(4)
        bad.withUnsafeMutableBufferPointer { $0[10] = .nan }
        executor.forward(bad, count: 4, mode: .evaluation)
        #expect(executor.firstNonFinite()?.place == .input)
    }

    @Test func nanReachesTheLossThroughEveryLayer() throws {
        let layers: [any Layer] = [
            Conv2D(filters: 4), ReLU(), MaxPool2D(kernel: 2), BatchNorm(), ReLU(), AvgPool2D(kernel: 2),
            Dropout(),
            Flatten(), Dense(units: 5), ReLU(), Dense(units: 3),
        ]
        let executor = Executor(try makeNetwork(layers), loss: CrossEntropy(), batchSize: 2, workers: workers)
        executor.forward(Tensor([2, 6, 6, 2], repeating: .nan), count: 2, mode: .evaluation)
        #expect(executor.computeLoss(labels: [0, 1]).lossSum.isNaN)
    }

    @Test func theLastGradientThatIsNotFiniteIsTheFirstInBackwardOrder() throws {
        let network = try makeNetwork([Conv2D(filters: 4), Flatten(), Dense(units: 3)])
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 4, workers: workers)
        for parameter in network.parameters where parameter.name.hasSuffix(".weight") {
            parameter.gradient.withUnsafeMutableBufferPointer { $0[1] = .infinity }
        }
        #expect(executor.firstNonFiniteGradient()?.place == .gradient("dense1.weight"))
    }
}
