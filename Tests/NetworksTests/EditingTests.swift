import Networks
import Tensors
import TestSupport
import Testing

/// Layers put in, taken out, replaced and made wider: what stays the same, and what is refused.
struct EditingTests {
    private static let plain: [any Layer] = [
        Conv2D(filters: 4, padding: .same), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
        Conv2D(filters: 6, padding: .same), ReLU(), Flatten(), Dense(units: 5), ReLU(), Dense(units: 3),
    ]

    private static let blocks: [any Layer] = [
        Conv2D(filters: 4, padding: .same),
        Residual(body: [BatchNorm(), ReLU(), Conv2D(filters: 4, padding: .same)]),
        Residual(
            body: [Conv2D(filters: 6, padding: .same), ReLU()],
            shortcut: [Conv2D(filters: 6, kernel: 1)]),
        Concat([[], [Conv2D(filters: 2, padding: .same), ReLU()]]),
        GlobalAvgPool(), Dense(units: 3),
    ]

    /// The same with as many channels everywhere.
    private static let even: [any Layer] = [
        Conv2D(filters: 4, padding: .same),
        Residual(body: [BatchNorm(), ReLU(), Conv2D(filters: 4, padding: .same)]),
        Residual(
            body: [Conv2D(filters: 4, padding: .same), ReLU()],
            shortcut: [Conv2D(filters: 4, kernel: 1)]),
        Concat([[], [Conv2D(filters: 4, padding: .same), ReLU()]]),
        GlobalAvgPool(), Dense(units: 3),
    ]

    private static func make(_ layers: [any Layer], input: Shape = [8, 8, 2]) throws -> Network {
        let network = try Network(
            name: "net", input: input, layers: layers, initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        // Nothing is 0 or 1, as it is at the start.
        var random = RandomStream(seed: 2, name: "numbers")
        for tensor in network.parameters where tensor.value.shape.rank == 1 {
            tensor.value = random.uniform(tensor.value.shape, bound: 1)
        }
        for tensor in network.buffers {
            tensor.value = Tensor(
                tensor.value.shape, (0..<tensor.value.count).map { _ in random.uniform(in: 0.5...1.5) })
        }
        return network
    }

    private static func apply(_ edit: NetworkEdit) throws -> Network {
        try edit.makeNetwork(initializer: .he, random: RandomStream(seed: 3, name: "init"))
    }

    private static func declaration(_ network: Network) -> String {
        network.declaration.map { "\($0)" }.joined(separator: "; ")
    }

    // MARK: Names

    struct NameCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let layers: [any Layer]
        let edit: @Sendable (Network) throws(EditError) -> NetworkEdit
        let declaration: String
        let added: [String]
    }

    static let nameCases: [NameCase] = [
        NameCase(
            testDescription: "a new layer has the next number", layers: plain,
            edit: { (net) throws(EditError) in try net.inserting(ReLU(), .after("conv1")) },
            declaration: """
                conv 4 kernel=3 padding=same; relu name=relu4; batchnorm; relu name=relu1; maxpool 2; \
                conv 6 kernel=3 padding=same; relu name=relu2; flatten; dense 5; relu name=relu3; dense 3
                """,
            added: ["relu4"]),
        NameCase(
            testDescription: "at the end of its kind it needs no name", layers: plain,
            edit: { (net) throws(EditError) in try net.inserting(Dropout(), .before("dense2")) },
            declaration: """
                conv 4 kernel=3 padding=same; batchnorm; relu; maxpool 2; conv 6 kernel=3 padding=same; relu; \
                flatten; dense 5; relu; dropout 0.5; dense 3
                """,
            added: ["dropout1"]),
        NameCase(
            testDescription: "a name that is given", layers: plain,
            edit: { (net) throws(EditError) in
                try net.inserting(ReLU().named("act"), .before("bn1"))
            },
            declaration: """
                conv 4 kernel=3 padding=same; relu name=act; batchnorm; relu name=relu1; maxpool 2; \
                conv 6 kernel=3 padding=same; relu name=relu2; flatten; dense 5; relu name=relu3; dense 3
                """,
            added: ["act"]),
        NameCase(
            testDescription: "what stays after one that went keeps its name", layers: plain,
            edit: { (net) throws(EditError) in try net.removing(["relu1", "relu3"]) },
            declaration: """
                conv 4 kernel=3 padding=same; batchnorm; maxpool 2; conv 6 kernel=3 padding=same; \
                relu name=relu2; flatten; dense 5; dense 3
                """,
            added: []),
        NameCase(
            testDescription: "another kind has a number of its own", layers: plain,
            edit: { (net) throws(EditError) in try net.replacing(["relu1", "relu3"], by: Sigmoid()) },
            declaration: """
                conv 4 kernel=3 padding=same; batchnorm; sigmoid; maxpool 2; conv 6 kernel=3 padding=same; \
                relu name=relu2; flatten; dense 5; sigmoid; dense 3
                """,
            added: ["sigmoid1", "sigmoid2"]),
        NameCase(
            testDescription: "the same kind keeps the name",
            layers: [Flatten(), Dropout(), Dense(units: 4), Dropout(), Dense(units: 3)],
            edit: { (net) throws(EditError) in
                try net.replacing(["dropout1"], by: Dropout(probability: 0.1))
            },
            declaration: "flatten; dropout 0.1; dense 4; dropout 0.5; dense 3", added: []),
        NameCase(
            testDescription: "a name that says nothing of the kind stays",
            layers: [Flatten(), Dense(units: 4), ReLU().named("act"), Dense(units: 3)],
            edit: { (net) throws(EditError) in try net.replacing(["act"], by: Tanh()) },
            declaration: "flatten; dense 4; tanh name=act; dense 3", added: ["act"]),
        NameCase(
            testDescription: "within blocks", layers: blocks,
            edit: { (net) throws(EditError) in
                try net.inserting(ReLU(), .before("residual1.relu1"))
            },
            declaration: """
                conv 4 kernel=3 padding=same; \
                residual { batchnorm; relu name=relu2; relu name=relu1; conv 4 kernel=3 padding=same }; \
                residual { conv 6 kernel=3 padding=same; relu; shortcut { conv 6 kernel=1 } }; \
                concat { branch { }; branch { conv 2 kernel=3 padding=same; relu } }; globalavgpool; dense 3
                """,
            added: ["residual1.relu2"]),
        NameCase(
            testDescription: "within a shortcut and a branch", layers: even,
            edit: { (net) throws(EditError) in
                try net.replacing(
                    ["residual2.shortcut.conv1", "concat1.branch2.conv1"],
                    by: Residual(body: [ReLU()], shortcut: Branch([BatchNorm()], name: "way")))
            },
            declaration: """
                conv 4 kernel=3 padding=same; residual { batchnorm; relu; conv 4 kernel=3 padding=same }; \
                residual { conv 4 kernel=3 padding=same; relu; \
                shortcut { residual { relu; shortcut name=way { batchnorm } } } }; \
                concat { branch { }; branch { residual { relu; shortcut name=way { batchnorm } }; relu } }; \
                globalavgpool; dense 3
                """,
            added: [
                "residual2.shortcut.residual1.relu1", "residual2.shortcut.residual1.way.bn1",
                "residual2.shortcut.residual1", "concat1.branch2.residual1.relu1",
                "concat1.branch2.residual1.way.bn1", "concat1.branch2.residual1",
            ]),
    ]

    @Test(arguments: nameCases)
    func namesStayWithTheirLayers(_ test: NameCase) throws {
        let network = try Self.make(test.layers)
        let edit = try test.edit(network)
        let edited = try Self.apply(edit)
        #expect(Self.declaration(edited) == test.declaration)
        #expect(edit.added == test.added)
        // What it prints declares the same network, name by name.
        let again = try Self.make(edited.declaration)
        #expect(again.layers.map(\.name) == edited.layers.map(\.name))
        // Everything else is what it was.
        let before = Dictionary(uniqueKeysWithValues: network.exportTensors().map { ($0.name, $0.tensor) })
        for (name, tensor) in edited.exportTensors() {
            if let old = before[name] { #expect(tensor.isIdentical(to: old), "\(name)") }
        }
    }

    /// Put in and taken out again, there is nothing left of it.
    @Test(arguments: [
        ("conv1", ReLU() as any Layer), ("relu1", Dropout()), ("relu2", Sigmoid()),
        ("dense1", Dense(units: 5)),
    ])
    func removingUndoesInserting(_ place: String, _ layer: any Layer) throws {
        let network = try Self.make(Self.plain)
        let edit = try network.inserting(layer, .after(place))
        let with = try Self.apply(edit)
        let back = try Self.apply(try with.removing(Set(edit.added)))
        #expect(Self.declaration(back) == Self.declaration(network))
        for (a, b) in zip(back.exportTensors(), network.exportTensors()) {
            #expect(a.name == b.name && a.tensor.isIdentical(to: b.tensor))
        }
    }

    // MARK: More and fewer channels

    struct WidthCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var input: Shape = [8, 8, 2]
        let layers: [any Layer]
        let layer: String
        /// Layers that change with it, which are added to it.
        var tied: [String] = []
        /// Layers that cannot be exact.
        var inexact: [String] = []
        /// A number that is no multiple.
        var odd = 7
    }

    static let widthCases: [WidthCase] = [
        WidthCase(testDescription: "batch norm between", layers: plain, layer: "conv1"),
        WidthCase(testDescription: "flatten between", layers: plain, layer: "conv2", odd: 10),
        WidthCase(testDescription: "dense", layers: plain, layer: "dense1"),
        WidthCase(
            testDescription: "features as input", input: [9],
            layers: [Dense(units: 4, bias: false), BatchNorm(affine: false), Tanh(), Dense(units: 2)],
            layer: "dense1"),
        WidthCase(
            testDescription: "identity skip", layers: blocks, layer: "residual1.conv1",
            tied: ["conv1", "residual1.conv1"]),
        WidthCase(
            testDescription: "projection skip", layers: blocks, layer: "residual2.shortcut.conv1",
            tied: ["residual2.conv1", "residual2.shortcut.conv1"], odd: 11),
        WidthCase(testDescription: "a branch", layers: blocks, layer: "concat1.branch2.conv1", odd: 5),
        WidthCase(
            testDescription: "marks",
            layers: [
                Conv2D(filters: 3, padding: .same), Mark("stem"), PReLU(per: .channel),
                Conv2D(filters: 3, padding: .same), Add(["stem"]), Concat(marks: ["stem"]),
                Conv2D(filters: 2, padding: .same), GlobalMaxPool(), Dense(units: 3),
            ], layer: "conv1", tied: ["conv1", "conv2"], odd: 4),
        WidthCase(
            testDescription: "depthwise between",
            layers: [
                Conv2D(filters: 4, padding: .same), Conv2D(filters: 8, padding: .same, groups: 4), ReLU(),
                ConvTranspose2D(filters: 8, groups: 8), Flatten(), Dense(units: 3),
            ], layer: "conv1", odd: 6),
        WidthCase(
            testDescription: "groups",
            layers: [
                Conv2D(filters: 4, padding: .same), ReLU(), Conv2D(filters: 6, padding: .same, groups: 2),
                ReLU(), ConvTranspose2D(filters: 9, groups: 3), AvgPool2D(kernel: 2), Flatten(),
                Dense(units: 3),
            ], layer: "conv1", odd: 6),
        WidthCase(
            testDescription: "made and read in groups",
            layers: [
                Conv2D(filters: 4, padding: .same), ReLU(), Conv2D(filters: 6, padding: .same, groups: 2),
                ReLU(), ConvTranspose2D(filters: 9, groups: 3), AvgPool2D(kernel: 2), Flatten(),
                Dense(units: 3),
            ], layer: "conv2", odd: 18),
        WidthCase(
            testDescription: "transposed, then upsampled",
            layers: [
                ConvTranspose2D(filters: 4, kernel: 2, stride: 2), LeakyReLU(slope: 0.1),
                Upsample(.factor(2)), SpatialDropout(), AdaptiveAvgPool2D(output: 2), Flatten(), BatchNorm(),
                Dense(units: 3),
            ], layer: "convtranspose1"),
        WidthCase(
            testDescription: "group norm",
            layers: [
                Conv2D(filters: 6, padding: .same), GroupNorm(groups: 2), ReLU(), Flatten(), Dense(units: 3),
            ], layer: "conv1", inexact: ["gn1"], odd: 8),
        WidthCase(
            testDescription: "layer norm",
            layers: [
                Conv2D(filters: 6, padding: .same), LayerNorm(), ReLU(), Flatten(), LayerNorm(),
                Dense(units: 3),
            ], layer: "conv1", inexact: ["ln1", "ln2"]),
    ]

    private func outputs(_ network: Network, _ images: Tensor, training: Bool) -> Tensor {
        let executor = Executor(
            network, loss: CrossEntropy(), batchSize: images.shape[0], workers: Workers(threads: 1))
        let mode: Mode = training ? .training(dropout: RandomStream(key: 1)) : .evaluation
        executor.forward(images, count: images.shape[0], mode: mode)
        return executor.output
    }

    private func images(_ network: Network) -> Tensor {
        var random = RandomStream(seed: 4, name: "images")
        return random.normal(Shape([5] + network.input.extents), deviation: 1)
    }

    private func expectSame(_ a: Tensor, _ b: Tensor, _ what: Comment) {
        let scale = max(a.largestFiniteMagnitude, 1)
        for (x, y) in zip(a.scalars, b.scalars) { #expect(abs(x - y) < 1e-5 * scale, what) }
    }

    @Test(arguments: widthCases)
    func wideningKeepsTheOutputs(_ test: WidthCase) throws {
        let network = try Self.make(test.layers, input: test.input)
        let images = images(network)
        let before = outputs(network, images, training: false)
        let count = try #require(network.filters(of: test.layer))
        for factor in 2...3 {
            let edit = try network.resizing(test.layer, to: factor * count)
            #expect(edit.deviations.isEmpty)
            let wide = try Self.apply(edit)
            expectSame(outputs(wide, images, training: false), before, "times \(factor)")
            for layer in test.tied.isEmpty ? [test.layer] : test.tied {
                #expect(wide.filters(of: layer) == factor * count)
            }
            #expect(wide.layers.map(\.name) == network.layers.map(\.name))
        }
        #expect(network.layersTied(to: test.layer) == (test.tied.isEmpty ? [test.layer] : test.tied))
    }

    /// A batch's own statistics are those of the copies, too.
    @Test func wideningKeepsWhatTrainingComputes() throws {
        let network = try Self.make(Self.plain)
        let images = images(network)
        let wide = try Self.apply(network.resizing("conv1", to: 8))
        expectSame(
            outputs(wide, images, training: true), outputs(network, images, training: true), "in training")
    }

    @Test(arguments: widthCases)
    func otherNumbersKeepTheOutputsWhereTheyCan(_ test: WidthCase) throws {
        let network = try Self.make(test.layers, input: test.input)
        let images = images(network)
        let before = outputs(network, images, training: false)
        for new in Network.NewFilters.allCases {
            let edit = try network.resizing(test.layer, to: test.odd, new: new)
            #expect(edit.deviations == test.inexact.map { .unequal(layer: $0) })
            guard test.inexact.isEmpty else { continue }
            expectSame(outputs(try Self.apply(edit), images, training: false), before, "\(new)")
        }
    }

    /// The strongest filters stay, in their order, and with them what reads them.
    @Test func fewerFiltersAreTheStrongest() throws {
        let network = try Self.make(Self.plain)
        let conv = network.layers[0].parameters[0]
        // `[3, 3, 2, 4]`: the scale of each filter.
        conv.value = Tensor(conv.value.shape, (0..<72).map { [1, 4, 2, 3][$0 % 4] })
        let edit = try network.resizing("conv1", to: 2)
        #expect(edit.deviations == [.fewer(layer: "conv1", count: 2)])
        let narrow = try Self.apply(edit)
        #expect(narrow.layers[0].parameters[0].value.scalars == (0..<36).map { [4, 3][$0 % 2] })
        for (old, new) in zip(network.layers[1].parameters, narrow.layers[1].parameters) {
            #expect(new.value.scalars == [old.value.scalars[1], old.value.scalars[3]])
        }
        let next = { (net: Network) in net.layers[4].parameters[0].value }
        #expect(next(narrow).isIdentical(to: next(network).gathering([1, 3], axis: 2)))
    }

    /// Copies whose readers had equal shares would learn the same for ever.
    @Test func copiesGetGradientsOfTheirOwn() throws {
        let network = try Self.make(Self.plain)
        let wide = try Self.apply(network.resizing("conv1", to: 8))
        let images = images(network)
        let executor = Executor(wide, loss: CrossEntropy(), batchSize: 5, workers: Workers(threads: 1))
        executor.forward(images, count: 5, mode: .training(dropout: RandomStream(key: 1)))
        _ = executor.computeLoss(labels: [0, 1, 2, 0, 1])
        executor.backward()
        let gradient = wide.layers[0].parameters[0].gradient.scalars
        for pair in stride(from: 0, to: gradient.count, by: 2) where gradient[pair] != 0 {
            #expect(gradient[pair] != gradient[pair + 1])
        }
    }

    // MARK: Refusals

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let layers: [any Layer]
        let edit: @Sendable (Network) throws(EditError) -> NetworkEdit
    }

    static let refusals: [Refusal] = [
        Refusal(
            testDescription: "`conv2` has learned a weight of 6x4x3x3 and would need one of 6x8x3x3",
            layers: plain,
            edit: { (net) throws(EditError) in
                try net.inserting(Conv2D(filters: 8, padding: .same), .after("relu1"))
            }),
        Refusal(
            testDescription: "`dense1` has learned a weight of 5x96 and would need one of 5x24",
            layers: plain,
            edit: { (net) throws(EditError) in try net.inserting(MaxPool2D(kernel: 2), .after("relu2")) }),
        Refusal(
            testDescription: "dense1 gets 4x4x6, but needs one row of numbers: put `flatten` before it",
            layers: plain, edit: { (net) throws(EditError) in try net.removing(["flatten1"]) }),
        Refusal(
            testDescription: "no layer would be left", layers: [Flatten()],
            edit: { (net) throws(EditError) in try net.removing(["flatten1"]) }),
        Refusal(
            testDescription: "two layers are called conv1: give one of them another `name=`", layers: plain,
            edit: { (net) throws(EditError) in try net.inserting(ReLU().named("conv1"), .after("relu1")) }),
        Refusal(
            testDescription:
                "the outputs of `dense2` are those of the model, which `dense2` gives: as many as the loss needs",
            layers: plain, edit: { (net) throws(EditError) in try net.resizing("dense2", to: 6) }),
        Refusal(
            testDescription: "`relu1` has no number of filters or units of its own", layers: plain,
            edit: { (net) throws(EditError) in try net.resizing("relu1", to: 6) }),
        Refusal(
            testDescription: "`conv1` has 4 already", layers: plain,
            edit: { (net) throws(EditError) in try net.resizing("conv1", to: 4) }),
        Refusal(
            testDescription: "the channels of `residual1.conv1` are tied to those of the images",
            layers: [
                Residual(body: [Conv2D(filters: 2, padding: .same)]), Flatten(), Dense(units: 3),
            ], edit: { (net) throws(EditError) in try net.resizing("residual1.conv1", to: 4) }),
        Refusal(
            testDescription: "`conv1` is used in 2 groups, which cannot share 5 channels",
            layers: [
                Conv2D(filters: 4), Conv2D(filters: 4, groups: 2), Flatten(), Dense(units: 3),
            ], edit: { (net) throws(EditError) in try net.resizing("conv1", to: 5) }),
        Refusal(
            testDescription: "the channels of `conv1` are read by `conv3` in groups, together with others",
            layers: [
                Conv2D(filters: 2), Mark("early"), Conv2D(filters: 2, padding: .same),
                Concat(marks: ["early"]), Conv2D(filters: 2, groups: 2), Flatten(), Dense(units: 3),
            ], edit: { (net) throws(EditError) in try net.resizing("conv1", to: 4) }),
        Refusal(
            testDescription:
                "the channels of `conv1` are added in `add1` to a value that consists of other parts",
            layers: [
                Conv2D(filters: 2), Mark("early"), Conv2D(filters: 2, padding: .same),
                Concat(marks: ["early"]), Mark("both"), Conv2D(filters: 4, padding: .same), Add(["both"]),
                Flatten(), Dense(units: 3),
            ], edit: { (net) throws(EditError) in try net.resizing("conv1", to: 4) }),
    ]

    @Test(arguments: refusals)
    func whatDoesNotFitIsRefused(_ test: Refusal) throws {
        let network = try Self.make(test.layers)
        let error = #expect(throws: EditError.self) { try test.edit(network) }
        #expect(error?.message == test.testDescription)
    }

    /// With leave to draw anew, only what does not fit is drawn.
    @Test func redrawingIsForWhatDoesNotFit() throws {
        let network = try Self.make(Self.plain)
        let edit = try network.inserting(MaxPool2D(kernel: 2), .after("relu2"), redrawing: true)
        #expect(edit.redrawn == ["dense1"] && edit.added == ["maxpool2"])
        let edited = try Self.apply(edit)
        #expect(edited.layers.first { $0.name == "dense1" }?.parameters[0].value.shape == [5, 24])
        let before = Dictionary(uniqueKeysWithValues: network.exportTensors().map { ($0.name, $0.tensor) })
        for (name, tensor) in edited.exportTensors() where !name.hasPrefix("dense1") {
            #expect(before[name].map { tensor.isIdentical(to: $0) } == true, "\(name)")
        }
    }
}
