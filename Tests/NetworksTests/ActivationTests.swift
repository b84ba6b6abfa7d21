import Networks
import Tensors
import Testing

/// Where formulas break, number by number: a difference relative to the largest number would hide the small ones.
struct ActivationTests {
    static let extremes = LayerCase.withFixture.filter { $0.name.hasPrefix("extreme") }

    @Test(arguments: extremes)
    func numbersFarFromZeroInfiniteOrNaNAreAsPyTorchs(_ layerCase: LayerCase) throws {
        let fixture = try Fixture(layerCase.kind)
        let name = layerCase.name
        let harness = try LayerHarness(layerCase)
        try harness.network.importTensors(
            Dictionary(
                uniqueKeysWithValues: fixture.group("\(name).before.").map {
                    ("\(harness.layerName).\($0)", $1)
                }))
        let input = try fixture["\(name).input"]
        let output = harness.forward(input, mode: .training(dropout: RandomStream(key: 0)))
        expectSame(output, try fixture["\(name).output"], at: input)
        let gradient = try harness.backward(try fixture["\(name).gradient.output"])
        expectSame(gradient, try fixture["\(name).gradient.input"], at: input)
    }

    /// PyTorch's numbers are those of double precision: `1 + erf(x)` for x = -5 keeps no digit in single.
    private func expectSame(_ found: Tensor, _ expected: Tensor, at input: Tensor) {
        #expect(found.shape == expected.shape)
        for ((found, expected), x) in zip(zip(found.scalars, expected.scalars), input.scalars) {
            let isSame =
                found == expected || (found.isNaN && expected.isNaN)
                || abs(found - expected) <= 1e-5 * abs(expected) + 2e-6
            #expect(isSame, "\(found), not \(expected), for \(x)")
        }
    }

    /// Half of the numbers are of each sign in every shard of the batch.
    @Test func aLearnedSlopePerLayerIsTheSumOfThoseOfItsChannels() throws {
        let shape: Shape = [4, 4, 3]
        func gradient(_ layer: PReLU) throws -> [Float] {
            let layerCase = LayerCase("slope", layer, shape, count: 9)
            let harness = try LayerHarness(layerCase)
            let output = harness.forward(
                LayerHarness.input(layerCase), mode: .training(dropout: RandomStream(key: 0)))
            _ = try harness.backward(output)
            return harness.network.parameters[0].gradient.scalars
        }
        let (one, each) = (try gradient(PReLU()), try gradient(PReLU(per: .channel)))
        #expect(one.count == 1 && each.count == 3)
        #expect(abs(one[0] - each.reduce(0, +)) <= 1e-5 * abs(one[0]))
    }
}
