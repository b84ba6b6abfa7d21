import Networks
import Tensors
import TestSupport
import Testing

/// A small network's step, layer by layer, is PyTorch's.
struct NetworkFixtureTests {
    private static let layers: [any Layer] = [
        Conv2D(filters: 4, kernel: 3, padding: .same), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
        Conv2D(filters: 6, kernel: 3, padding: .explicit(1)), ReLU(), AvgPool2D(kernel: 2),
        Flatten(), Dense(units: 8), ReLU(), Dense(units: 3),
    ]

    /// A file that a PyTorch user saved is read as it is, with the counters of its batch norms.
    @Test func aStateDictOfPyTorchsIsRead() throws {
        let saved = try Fixture("state-dict")
        #expect(saved.skipped == ["bn1.num_batches_tracked": "I64"])
        let network = try Network(
            name: "small", input: [8, 8, 2], layers: Self.layers, initializer: .he,
            random: RandomStream(key: 1))
        try network.importTensors(saved.tensors, skipped: saved.skipped)
        try expectEvaluation(of: network, "state-dict-evaluation")
    }

    /// torchvision's blocks, under torchvision's names.
    @Test func aStateDictOfTorchvisionsIsRead() throws {
        func block(_ filters: Int, stride: Size, _ name: String) -> any Layer {
            let shortcut: [any Layer] = [
                Conv2D(filters: filters, kernel: 1, stride: stride, bias: false).named("0"),
                BatchNorm().named("1"),
            ]
            let body: [any Layer] = [
                Conv2D(filters: filters, stride: stride, padding: .explicit(1), bias: false), BatchNorm(),
                ReLU(), Conv2D(filters: filters, padding: .explicit(1), bias: false), BatchNorm(),
            ]
            let isProjected = stride != 1
            return Residual(
                body: body, shortcut: isProjected ? Branch(shortcut, name: "downsample") : []
            ).named(name)
        }
        let network = try Network(
            name: "narrow", input: [8, 8, 2],
            layers: [
                Conv2D(filters: 4, padding: .explicit(1), bias: false), BatchNorm(), ReLU(),
                block(4, stride: 1, "layer1.0"), ReLU(), block(6, stride: 2, "layer2.0"), ReLU(),
                GlobalAvgPool(), Dense(units: 3).named("fc"),
            ], initializer: .he, random: RandomStream(key: 1))
        let saved = try Fixture("state-dict-resnet")
        try network.importTensors(saved.tensors, skipped: saved.skipped)
        try expectEvaluation(of: network, "state-dict-resnet-evaluation")
    }

    private func expectEvaluation(of network: Network, _ fixture: String) throws {
        let expected = try Fixture(fixture)
        let images = try expected["images"]
        let executor = Executor(
            network, loss: CrossEntropy(), batchSize: images.shape[0], workers: Workers(threads: 1))
        executor.forward(images, count: images.shape[0], mode: .evaluation)
        #expect(relativeDifference(executor.output, try expected["evaluation"]) <= 1e-5)
    }

    /// Planned for just these images, and for more.
    @Test(arguments: [11, 16])
    func trainingStepMatchesPyTorch(batchSize: Int) throws {
        let fixture = try Fixture("network")
        let network = try Network(
            name: "small", input: [8, 8, 2], layers: Self.layers, initializer: .he,
            random: RandomStream(key: 1))
        try network.importTensors(fixture.group("before."))
        let images = try fixture["images"]
        let labels = try fixture["labels"].scalars.map { Int32($0) }
        let executor = Executor(
            network, loss: CrossEntropy(), batchSize: batchSize, workers: Workers(threads: 2))

        executor.forward(images, count: labels.count, mode: .training(dropout: RandomStream(key: 1)))
        for (index, layer) in network.layers.enumerated() {
            let expected = try fixture["activation.\(layer.name)"]
            #expect(relativeDifference(executor.activation(of: index), expected) <= 1e-5, "\(layer.name)")
        }
        #expect(relativeDifference(executor.output, try fixture["activation.dense2"]) <= 1e-5)

        let result = executor.computeLoss(labels: labels)
        let loss = Tensor([1], [Float(result.meanLoss)])
        #expect(relativeDifference(loss, try fixture["loss"]) <= 1e-5)
        #expect(Float(result.correct) == (try fixture["correct"].scalars[0]))
        #expect(result.count == labels.count)

        executor.backward()
        for (name, gradient) in network.exportGradients() {
            let expected = try fixture["gradient.\(name)"]
            if name == "conv1.bias" {
                // Batch normalisation takes away what a bias before it adds: 0 but for rounding, here and there.
                #expect((gradient.scalars + expected.scalars).allSatisfy { abs($0) <= 1e-6 })
            } else {
                #expect(relativeDifference(gradient, expected) <= 1e-4, "\(name)")
            }
        }
        for buffer in network.buffers {
            #expect(
                relativeDifference(buffer.value, try fixture["after.\(buffer.name)"]) <= 1e-5,
                "\(buffer.name)")
        }

        executor.forward(images, count: labels.count, mode: .evaluation)
        #expect(relativeDifference(executor.output, try fixture["evaluation"]) <= 1e-5)
    }
}
