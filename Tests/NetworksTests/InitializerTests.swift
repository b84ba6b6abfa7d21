import Networks
import Tensors
import TestSupport
import Testing

struct InitializerTests {
    /// Every scheme with all it gives a choice of.
    static let all = Initializer.Scheme.allCases.flatMap { scheme in
        (scheme.hasDistribution ? Initializer.Distribution.allCases : [.normal]).flatMap { distribution in
            (scheme.hasMode ? Initializer.Mode.allCases : [.fanIn]).map { mode in
                Initializer(scheme, distribution, mode: mode)
            }
        }
    }

    private static let spread = all.filter { $0.scheme.hasDistribution }

    private func network(_ layers: [any Layer], _ input: Shape, _ initializer: Initializer, seed: UInt64 = 1)
        throws -> Network
    {
        try Network(
            name: "net", input: input, layers: layers, initializer: initializer,
            random: RandomStream(seed: seed, name: "init"))
    }

    /// The fixture's shapes, as layers after an input that gives them.
    private static let layers: [(name: String, layer: any Layer, input: Shape)] = [
        ("conv", Conv2D(filters: 12, kernel: 3), [9, 9, 5]),
        ("rectangular", Conv2D(filters: 8, kernel: Size(height: 1, width: 7)), [9, 9, 3]),
        ("pointwise", Conv2D(filters: 6, kernel: 1), [9, 9, 20]),
        ("dense", Dense(units: 30), [50]),
    ]

    /// PyTorch: the deviation of normal ones, the bound of uniform ones.
    @Test(arguments: layers.map { $0.name })
    func spreadIsPyTorchs(name: String) throws {
        let fixture = try Fixture("initializers")
        let (_, layer, input) = try #require(Self.layers.first { $0.name == name })
        let declaration = layer.parameters(for: input)[0]
        #expect("\(declaration.layout.exportedShape(declaration.shape))" == fixture.metadata[name])
        guard case .random(let fanIn, let fanOut) = declaration.start else {
            Issue.record("a weight is drawn")
            return
        }
        let initializers =
            Initializer.Mode.allCases.flatMap { mode in
                Initializer.Distribution.allCases.map { Initializer(.he, $0, mode: mode) }
            } + Initializer.Distribution.allCases.map { Initializer(.xavier, $0, gain: Gain(for: "tanh")) }
        let found = initializers.map { initializer in
            initializer.deviation(fanIn: fanIn, fanOut: fanOut)
                * (initializer.distribution == .uniform ? Float(3).squareRoot() : 1)
        }
        #expect(relativeDifference(Tensor([6], found), try fixture[name]) <= 1e-6)
    }

    @Test func gainsArePyTorchs() throws {
        let fixture = try Fixture("initializers")
        let gains = Gain.activations
        #expect(gains.map(\.description).joined(separator: " ") == fixture.metadata["gains"])
        #expect(relativeDifference(Tensor([gains.count], gains.map(\.value)), try fixture["gains"]) <= 1e-6)
        #expect(gains.allSatisfy { Gain(for: $0.description) == $0 } && Gain(for: "gelu") == nil)
    }

    private func weights(_ initializer: Initializer, _ layer: any Layer, _ input: Shape) throws -> [Double] {
        try network([layer], input, initializer).parameters[0].value.scalars.map(Double.init)
    }

    /// The mean and the standard deviation.
    private func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
        return (mean, variance.squareRoot())
    }

    @Test(arguments: spread)
    func weightsHaveTheirSpread(_ initializer: Initializer) throws {
        let weights = try weights(initializer, Dense(units: 200), [150])
        let count = Double(weights.count)
        let deviation = Double(initializer.deviation(fanIn: 150, fanOut: 200))
        let found = moments(weights)
        // Both within five standard errors of 30 000 numbers.
        #expect(abs(found.mean) <= 5 * deviation / count.squareRoot())
        #expect(abs(found.deviation / deviation - 1) <= 5 / (2 * count).squareRoot())
        let largest = weights.map(abs).max() ?? 0
        switch initializer.distribution {
        case .uniform:
            let bound = 3.0.squareRoot() * deviation
            #expect(largest <= bound * (1 + 1e-6) && largest > 0.999 * bound)
        case .normal:
            // 0.27 % of normal numbers lie beyond three deviations.
            let beyond = Double(weights.count { abs($0) > 3 * deviation }) / count
            #expect((0.0015...0.0040).contains(beyond))
        }
    }

    @Test func whatDoesNotDependOnTheLayerIsTheGain() throws {
        let gain = Gain(0.3)
        for layer in [Dense(units: 200), Dense(units: 20)] {
            #expect(
                try weights(Initializer(.constant, gain: gain), layer, [150]).allSatisfy {
                    $0 == Double(gain.value)
                })
            #expect(try weights(Initializer(.zeros), layer, [150]).allSatisfy { $0 == 0 })
            let uniform = try weights(Initializer(.uniform, gain: gain), layer, [150])
            #expect(uniform.allSatisfy { abs($0) <= 0.3 } && uniform.contains { $0 < -0.29 })
            #expect(abs(moments(uniform).deviation / (0.3 / 3.0.squareRoot()) - 1) < 0.05)
            let normal = moments(try weights(Initializer(.normal, gain: gain), layer, [150]))
            #expect(abs(normal.deviation / 0.3 - 1) < 0.05 && abs(normal.mean) < 0.03)
        }
    }

    /// Rows and columns as PyTorch counts them: a row for each output, whatever the order in memory.
    @Test(arguments: [
        LayerCase("wide", Dense(units: 20), [50]), LayerCase("high", Dense(units: 50), [20]),
        LayerCase("row", Dense(units: 1), [7]), LayerCase("column", Dense(units: 9), [1]),
        LayerCase("wide", Conv2D(filters: 8, kernel: 3), [9, 9, 5]),
        LayerCase("high", Conv2D(filters: 40, kernel: 2), [9, 9, 3]),
    ])
    func orthogonalWeightsHaveOrthonormalRowsOrColumns(_ layerCase: LayerCase) throws {
        let gain: Float = 1.5
        let network = try network(
            [layerCase.layer], layerCase.input, Initializer(.orthogonal, gain: Gain(gain)))
        let weight = network.exportTensors()[0].tensor
        let (rows, columns) = (weight.shape[0], weight.count / weight.shape[0])
        func vector(_ index: Int) -> [Double] {
            rows <= columns
                ? (0..<columns).map { Double(weight.scalars[index * columns + $0]) }
                : (0..<rows).map { Double(weight.scalars[$0 * columns + index]) }
        }
        for first in 0..<min(rows, columns) {
            for second in 0...first {
                let product = zip(vector(first), vector(second)).reduce(0) { $0 + $1.0 * $1.1 }
                let expected = first == second ? Double(gain * gain) : 0
                #expect(abs(product - expected) <= 1e-5, "\(first), \(second)")
            }
        }
    }

    /// Without the signs of R's diagonal, the first number of every matrix would be negative.
    @Test func orthogonalMatricesHaveNoPreferredDirection() {
        var firsts: [Float] = []
        for key in 0..<200 {
            var random = RandomStream(key: UInt64(key))
            firsts.append(random.orthonormal(rows: 3, columns: 3, scale: 1).scalars[0])
        }
        let positive = firsts.count { $0 > 0 }
        #expect((65...135).contains(positive))
        // Of a direction's three coordinates, each has a third of the squared length.
        #expect(abs(firsts.reduce(0) { $0 + $1 * $1 } / 200 - 1.0 / 3) < 0.1)
    }

    @Test func aLayersOwnInitializerComesBeforeTheModels() throws {
        let layers: [any Layer] = [
            Dense(units: 4),
            Dense(units: 4).initialized(by: Initializer(.constant, gain: Gain(2))).named("own"),
            Dense(units: 4),
        ]
        let network = try network(layers, [4], .he)
        func start(_ name: String) throws -> Tensor {
            try #require(network.parameters.first { $0.name == "\(name).weight" }).value
        }
        let drawn = try start("dense1").bits
        #expect(try start("own").scalars.allSatisfy { $0 == 2 })
        #expect("\(layers[1])" == "dense 4 init=constant gain=2.0 name=own")

        let random = RandomStream(seed: 1, name: "init")
        network.initialize(Initializer(.zeros), random: random, layers: ["dense3"])
        #expect(try start("dense3").scalars.allSatisfy { $0 == 0 } && start("dense1").bits == drawn)
        network.initialize(.xavier, random: random, overriding: true)
        #expect(try start("own").scalars.contains { $0 != 2 } && start("dense1").bits != drawn)
        network.initialize(.he, random: random)
        #expect(try start("own").scalars.allSatisfy { $0 == 2 } && start("dense1").bits == drawn)
    }

    @Test func itPrintsItsDeclaration() {
        #expect(
            Self.all.map(\.description).joined(separator: ", ")
                == "he, he mode=fan-out, he distribution=uniform, he distribution=uniform mode=fan-out, xavier, "
                + "xavier distribution=uniform, lecun, lecun distribution=uniform, orthogonal, normal, uniform, "
                + "constant, zeros")
        #expect("\(Initializer(.xavier, gain: Gain(for: "leaky-relu")))" == "xavier gain=leaky-relu")
        #expect("\(Initializer(.constant, gain: Gain(0.5)))" == "constant gain=0.5")
    }

    @Test func gainScalesTheSpread() {
        #expect(Initializer(.he, gain: Gain(1)).deviation(fanIn: 4, fanOut: 9) == 0.5)
        #expect(Initializer(.xavier, gain: Gain(3)).deviation(fanIn: 4, fanOut: 4) == 1.5)
    }

    @Test func biasesStartAtZeroAndBatchNormAtIdentity() throws {
        let network = try network(
            [Conv2D(filters: 3), BatchNorm(), Flatten(), Dense(units: 2)], [3, 3, 1], .he)
        let start = Dictionary(
            uniqueKeysWithValues: (network.parameters + network.buffers).map {
                ($0.name, Set($0.value.scalars))
            })
        #expect(start["conv1.bias"] == [0] && start["dense1.bias"] == [0])
        #expect(start["bn1.weight"] == [1] && start["bn1.bias"] == [0])
        #expect(start["bn1.running_mean"] == [0] && start["bn1.running_var"] == [1])
    }

    @Test func aLayerAddedAtTheEndMovesNoOther() throws {
        let short = try network([Conv2D(filters: 4), Conv2D(filters: 5)], [9, 9, 2], .he)
        let long = try network(
            [Conv2D(filters: 4), BatchNorm(), Conv2D(filters: 5), Conv2D(filters: 6)], [9, 9, 2], .he)
        for parameter in short.parameters {
            let same = try #require(long.parameters.first { $0.name == parameter.name })
            #expect(parameter.value.bits == same.value.bits, "\(parameter.name)")
        }
    }

    @Test func aSeedGivesTheSameWeightsAgain() throws {
        let layers: [any Layer] = [Conv2D(filters: 4), BatchNorm(), Flatten(), Dense(units: 3)]
        let (one, other) = (
            try network(layers, [4, 4, 2], .he), try network(layers, [4, 4, 2], .he, seed: 2)
        )
        let before = one.exportTensors().map(\.tensor.bits)
        #expect(one.parameters[0].value.bits != other.parameters[0].value.bits)
        other.initialize(.he, random: RandomStream(seed: 1, name: "init"))
        #expect(other.exportTensors().map(\.tensor.bits) == before)
    }

    @Test func layersAlikeGetDifferentWeights() throws {
        let network = try network([Dense(units: 9), Dense(units: 9)], [9], .he)
        #expect(network.parameters[0].value.bits != network.parameters[2].value.bits)
    }
}
