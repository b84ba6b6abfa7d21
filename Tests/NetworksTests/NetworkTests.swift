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
        #expect(layers[13].sources == [.layer(10), .layer(12)])
        #expect(layers[0].sources == [.images] && layers[2].sources == [.layer(1), .images])
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

    /// One block and the head of torchvision's resnet18.
    @Test func givenNamesAreThoseOfPyTorchsModels() throws {
        func conv(_ filters: Int, _ kernel: Size, stride: Size = 1, _ name: String) -> any Layer {
            Conv2D(
                filters: filters, kernel: kernel, stride: stride, padding: .explicit(kernel.height / 2),
                bias: false
            ).named(name)
        }
        let network = try makeNetwork([
            conv(4, 7, stride: 2, "conv1"), BatchNorm().named("bn1"), ReLU(), ReLU().named("relu"),
            Residual(
                body: [
                    conv(8, 3, stride: 2, "conv1"), BatchNorm().named("bn1"), ReLU(), conv(8, 3, "conv2"),
                    BatchNorm().named("bn2"),
                ],
                shortcut: Branch([conv(8, 1, stride: 2, "0"), BatchNorm().named("1")], name: "downsample")
            ).named("layer2.0"), ReLU(), GlobalAvgPool(), Dense(units: 10).named("fc"),
        ])
        func norm(_ name: String) -> [String] {
            ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" }
        }
        let block =
            ["layer2.0.conv1.weight"] + norm("layer2.0.bn1") + ["layer2.0.conv2.weight"]
            + norm("layer2.0.bn2")
        #expect(
            network.exportTensors().map(\.name) == ["conv1.weight"] + norm("bn1") + block
                + ["layer2.0.downsample.0.weight"] + norm("layer2.0.downsample.1") + ["fc.weight", "fc.bias"])
        // A name takes a number's place, so that it moves no other.
        #expect(network.layers.map(\.name).filter { $0.hasPrefix("relu") } == ["relu1", "relu", "relu3"])
        #expect(
            "\(network.declaration[4])"
                == "residual name=layer2.0 { conv 8 kernel=3 stride=2 padding=1 bias=false name=conv1; batchnorm name=bn1; "
                + "relu; conv 8 kernel=3 padding=1 bias=false name=conv2; batchnorm name=bn2; shortcut name=downsample "
                + "{ conv 8 kernel=1 stride=2 padding=0 bias=false name=0; batchnorm name=1 } }")
    }

    /// A mark holds within blocks, to the end of its own, and until it is given again.
    @Test func marksAreFoundWhereTheyHold() throws {
        let layers = try makeNetwork([
            ReLU(), Mark("a"), ReLU(), Mark("b"),
            Residual(body: [Add(["a"]), Mark("b"), ReLU(), Add(["b"])]),
            Add(["b"]), Mark("b"), ReLU(), Concat(marks: ["b", "a"]), GlobalAvgPool(), Dense(units: 2),
        ]).layers
        #expect(
            layers.map(\.name) == [
                "relu1", "relu2", "residual1.add1", "residual1.relu1", "residual1.add2", "residual1", "add1",
                "relu3",
                "concat1", "globalavgpool1", "dense1",
            ])
        #expect(
            layers.map(\.sources) == [
                [.images], [.layer(0)], [.layer(1), .layer(0)], [.layer(2)], [.layer(3), .layer(2)],
                [.layer(4), .layer(1)], [.layer(5), .layer(1)], [.layer(6)],
                [.layer(6), .layer(0), .layer(7)], [.layer(8)], [.layer(9)],
            ])
    }

    /// PyTorch's `_calculate_fan_in_and_fan_out` of the exported weights.
    @Test func fansArePyTorchs() {
        func fans(_ layer: any Layer, _ input: Shape) -> [Int] {
            guard case .random(let fanIn, let fanOut) = layer.parameters(for: input)[0].start else {
                return []
            }
            return [fanIn, fanOut]
        }
        #expect(fans(Conv2D(filters: 8, kernel: 3), [9, 9, 4]) == [36, 72])
        #expect(fans(Conv2D(filters: 8, kernel: 3, groups: 2), [9, 9, 4]) == [18, 72])
        #expect(fans(Conv2D(filters: 4, kernel: 5, groups: 4), [9, 9, 4]) == [25, 100])
        #expect(fans(ConvTranspose2D(filters: 6, kernel: 2), [9, 9, 4]) == [24, 16])
        #expect(fans(ConvTranspose2D(filters: 6, kernel: 2, groups: 2), [9, 9, 4]) == [12, 16])
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
            (Conv2D(filters: 4, dilation: 2, groups: 2), "conv 4 kernel=3 dilation=2 groups=2"),
            (ConvTranspose2D(filters: 4, kernel: 2, stride: 2), "convtranspose 4 kernel=2 stride=2"),
            (
                ConvTranspose2D(
                    filters: 4, stride: 3, padding: 1, outputPadding: 2, dilation: 2, groups: 2, bias: false),
                "convtranspose 4 kernel=3 stride=3 padding=1 output-padding=2 dilation=2 groups=2 bias=false"
            ),
            (AvgPool2D(kernel: 3, countsPadding: false), "avgpool 3 count-padding=false"),
            (AdaptiveAvgPool2D(output: Size(height: 2, width: 3)), "adaptiveavgpool 2x3"),
            (GlobalMaxPool(), "globalmaxpool"),
            (Upsample(.factor(2)), "upsample 2"),
            (Upsample(.size(4), mode: .bilinear), "upsample 4x4 mode=bilinear"),
            (SpatialDropout(probability: 0.2), "spatialdropout 0.2"),
            (Mark("a"), "mark a"), (Add(["a", "b"]), "add a b"), (Concat(marks: ["a"]), "concat a"),
            (Add(["a"]).named("up.1"), "add a name=up.1"),
            (
                Concat(marks: ["a"], [[], Branch([ReLU().named("r")], name: "way")]).named("c"),
                "concat a name=c { branch { }; branch name=way { relu name=r } }"
            ),
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
