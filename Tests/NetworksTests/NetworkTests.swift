import Networks
import Tensors
import TestSupport
import Testing

struct NetworkTests {
    private static let layers: [any Layer] = [
        Conv2D(filters: 6, kernel: 3, padding: .same), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
        Conv2D(filters: 4, kernel: 3, bias: false), ReLU(), Dropout(), Flatten(), Dense(units: 10),
    ]

    private func makeNetwork(_ layers: [any Layer] = layers, seed: UInt64 = 1) throws -> Network {
        try Network(
            name: "net", input: [8, 8, 3], layers: layers, initializer: .he,
            random: RandomStream(seed: seed, name: "init"))
    }

    @Test func layersAreNumberedByKind() throws {
        let names = try makeNetwork().layers.map(\.name)
        #expect(
            names == [
                "conv1", "bn1", "relu1", "maxpool1", "conv2", "relu2", "dropout1", "flatten1", "dense1",
            ])
    }

    @Test func parametersHavePyTorchsNamesAndShapes() throws {
        let exported = try makeNetwork().exportTensors().map { "\($0.name) \($0.tensor.shape)" }
        #expect(
            exported == [
                "conv1.weight 6x3x3x3", "conv1.bias 6", "bn1.weight 6", "bn1.bias 6", "bn1.running_mean 6",
                "bn1.running_var 6", "conv2.weight 4x6x3x3", "dense1.weight 10x16", "dense1.bias 10",
            ])
    }

    /// Twice the same block, as `repeat` makes it, and one in another.
    private static let blocks: [any Layer] = [
        Residual(body: [Conv2D(filters: 3, padding: .same), ReLU()]), ReLU(),
        Residual(body: [Conv2D(filters: 3, padding: .same), ReLU()]), ReLU(),
        Residual(
            body: [Conv2D(filters: 5, padding: .same, bias: false), Residual(body: [BatchNorm()])],
            shortcut: [Conv2D(filters: 5, kernel: 1), BatchNorm()]),
        GlobalAvgPool(), Dense(units: 2),
    ]

    @Test func layersOfABlockComeBeforeIt() throws {
        let layers = try makeNetwork(Self.blocks).layers
        #expect(
            layers.map(\.name) == [
                "residual1.conv1", "residual1.relu1", "residual1", "relu1",
                "residual2.conv1", "residual2.relu1", "residual2", "relu2",
                "residual3.conv1", "residual3.residual1.bn1", "residual3.residual1",
                "residual3.shortcut.conv1", "residual3.shortcut.bn1", "residual3", "globalavgpool1", "dense1",
            ])
        #expect(layers.map(\.depth) == [1, 1, 0, 0, 1, 1, 0, 0, 1, 2, 1, 1, 1, 0, 0, 0])
        #expect(layers[13].source == .layer(10) && layers[13].shortcut == .layer(12))
        #expect(layers[0].source == .images && layers[2].shortcut == .images)
        #expect(layers[13].input == [8, 8, 3] && layers[13].output == [8, 8, 5])
    }

    @Test func parametersInABlockAreNamedAfterIt() throws {
        let names = try makeNetwork(Self.blocks).exportTensors().map(\.name)
        #expect(
            names == [
                "residual1.conv1.weight", "residual1.conv1.bias", "residual2.conv1.weight",
                "residual2.conv1.bias", "residual3.conv1.weight", "residual3.residual1.bn1.weight",
                "residual3.residual1.bn1.bias", "residual3.residual1.bn1.running_mean",
                "residual3.residual1.bn1.running_var", "residual3.shortcut.conv1.weight",
                "residual3.shortcut.conv1.bias", "residual3.shortcut.bn1.weight",
                "residual3.shortcut.bn1.bias", "residual3.shortcut.bn1.running_mean",
                "residual3.shortcut.bn1.running_var", "dense1.weight", "dense1.bias",
            ])
    }

    @Test func blocksThatAreDeclaredAlikeAreEqual() {
        func block(_ filters: Int, shortcut: Branch = []) -> Residual {
            Residual(body: [Conv2D(filters: filters), ReLU()], shortcut: shortcut)
        }
        #expect(block(3) == block(3) && block(3).hashValue == block(3).hashValue)
        #expect(block(3) != block(4) && block(3) != block(3, shortcut: [ReLU()]))
    }

    @Test func costsAreCounted() throws {
        let network = try makeNetwork()
        #expect(network.layers.map(\.parameterCount) == [168, 12, 0, 0, 216, 0, 0, 0, 170])
        #expect(network.parameterCount == 566)
        // conv1: 64 pixels x 6 filters x 27; conv2: 4 x 4 x 54; dense: 16 x 10.
        #expect(network.layers.map(\.multiplyAdds) == [10368, 0, 0, 0, 864, 0, 0, 0, 160])
        #expect(network.multiplyAdds == 11392)
        let outputs = 3 * 384 + 96 + 4 * 16 + 10
        #expect(network.activationMemory(batchSize: 5) == 5 * 4 * (192 + outputs + 2 * 384))
        #expect(network.output == [10])
    }

    /// As somebody would have to type it; defaults are left out.
    @Test(
        arguments: [
            (Conv2D(filters: 32, kernel: 3, padding: .same), "conv 32 kernel=3 padding=same"),
            (Conv2D(filters: 8, kernel: 5), "conv 8 kernel=5"),
            (
                Conv2D(
                    filters: 8, kernel: Size(height: 3, width: 5), stride: 2, padding: .explicit(1),
                    bias: false),
                "conv 8 kernel=3x5 stride=2 padding=1 bias=false"
            ),
            (MaxPool2D(kernel: 2), "maxpool 2"),
            (MaxPool2D(kernel: 3, stride: 2, padding: .explicit(1)), "maxpool 3 stride=2 padding=1"),
            (AvgPool2D(kernel: Size(height: 2, width: 4)), "avgpool 2x4"),
            (Dense(units: 10), "dense 10"),
            (Dense(units: 10, bias: false), "dense 10 bias=false"),
            (Flatten(), "flatten"),
            (ReLU(), "relu"),
            (BatchNorm(), "batchnorm"),
            (BatchNorm(momentum: 0.01, epsilon: 0.001), "batchnorm momentum=0.01 epsilon=0.001"),
            (Dropout(probability: 0.25), "dropout 0.25"),
            (GlobalAvgPool(), "globalavgpool"),
            (Residual(body: [Conv2D(filters: 4), ReLU()]), "residual { conv 4 kernel=3; relu }"),
            (
                Residual(body: [Conv2D(filters: 4)], shortcut: [Conv2D(filters: 4, kernel: 1), BatchNorm()]),
                "residual { conv 4 kernel=3; shortcut { conv 4 kernel=1; batchnorm } }"
            ),
        ] as [(any Layer, String)])
    func layerPrintsAsItsDeclaration(layer: any Layer, text: String) {
        #expect("\(layer)" == text)
    }

    @Test func importIsAllOrNothing() throws {
        let network = try makeNetwork()
        let before = network.exportTensors().map(\.tensor.bits)
        var tensors = Dictionary(
            uniqueKeysWithValues: try makeNetwork(seed: 2).exportTensors().map { ($0.name, $0.tensor) })
        tensors["conv1.bias"] = nil
        tensors["fc.weight"] = Tensor(zeros: [1])
        // As many scalars, but in memory's order of extents, not PyTorch's.
        tensors["conv2.weight"] = Tensor(zeros: [3, 3, 6, 4])
        let error = #expect(throws: ImportError.self) { try network.importTensors(tensors) }
        #expect(
            error?.description
                == "the weights are not this model's; missing: conv1.bias; not in the model: fc.weight; "
                + "of another shape: conv2.weight is 3x3x6x4, not 4x6x3x3")
        #expect(network.exportTensors().map(\.tensor.bits) == before)
    }

    @Test func whatTheModelNeedsMustBeFloats() throws {
        let network = try makeNetwork()
        var tensors = Dictionary(uniqueKeysWithValues: network.exportTensors().map { ($0.name, $0.tensor) })
        tensors["conv1.weight"] = nil
        let skipped = ["conv1.weight": "I8", "bn1.num_batches_tracked": "I64", "positions": "I64"]
        let error = #expect(throws: ImportError.self) {
            try network.importTensors(tensors, skipped: skipped)
        }
        #expect(
            error?.description
                == "the weights are not this model's; not in the model: positions; "
                + "not of floats: conv1.weight is I8")
    }

    @Test func importErrorStaysShort() throws {
        let error = #expect(throws: ImportError.self) { try makeNetwork().importTensors([:]) }
        #expect(
            error?.description == "the weights are not this model's; "
                + "missing: conv1.weight, conv1.bias, bn1.weight, bn1.bias and 5 more")
        #expect(error?.missing.count == 9)
    }
}
