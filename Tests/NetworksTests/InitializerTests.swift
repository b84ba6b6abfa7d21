import Networks
import Tensors
import TestSupport
import Testing

struct InitializerTests {
    private static let all = Initializer.Scheme.allCases.flatMap { scheme in
        Initializer.Distribution.allCases.map { Initializer(scheme, $0) }
    }

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
        let found = Self.all.map { initializer in
            initializer.deviation(fanIn: fanIn, fanOut: fanOut)
                * (initializer.distribution == .uniform ? Float(3).squareRoot() : 1)
        }
        #expect(relativeDifference(Tensor([4], found), try fixture[name]) <= 1e-6)
    }

    @Test(arguments: all)
    func weightsHaveTheirSpread(_ initializer: Initializer) throws {
        let network = try network([Dense(units: 200)], [150], initializer)
        let weights = network.parameters[0].value.scalars.map(Double.init)
        let count = Double(weights.count)
        let deviation = Double(initializer.deviation(fanIn: 150, fanOut: 200))
        let mean = weights.reduce(0, +) / count
        let variance = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        // Both within five standard errors of 30 000 numbers.
        #expect(abs(mean) <= 5 * deviation / count.squareRoot())
        #expect(abs(variance.squareRoot() / deviation - 1) <= 5 / (2 * count).squareRoot())
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

    @Test func gainScalesTheSpread() {
        #expect(Initializer(.he, gain: 1).deviation(fanIn: 4, fanOut: 9) == 0.5)
        #expect(Initializer(.xavier, gain: 3).deviation(fanIn: 4, fanOut: 4) == 1.5)
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
