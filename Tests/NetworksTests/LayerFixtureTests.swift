import Networks
import Tensors
import TestSupport
import Testing

/// Every layer computes what PyTorch computes.
struct LayerFixtureTests {
    @Test(arguments: LayerCase.withFixture)
    func matchesPyTorch(_ layerCase: LayerCase) throws {
        let fixture = try Fixture(layerCase.kind)
        let name = layerCase.name
        let shape = Shape([layerCase.count] + layerCase.input.extents)
        #expect(fixture.metadata[name] == "\(layerCase.declaration) | \(shape)")

        let harness = try LayerHarness(layerCase, threads: 2)
        func named(_ group: String) -> [String: Tensor] {
            Dictionary(
                uniqueKeysWithValues: fixture.group("\(name).\(group).").map { (harness.prefix + $0, $1) })
        }
        try harness.network.importTensors(named("before"))

        let output = harness.forward(
            try fixture["\(name).input"], mode: .training(dropout: RandomStream(key: 0)))
        #expect(relativeDifference(output, try fixture["\(name).output"]) <= 1e-5)

        let inputGradient = try harness.backward(try fixture["\(name).gradient.output"])
        #expect(relativeDifference(inputGradient, try fixture["\(name).gradient.input"]) <= 1e-4)
        for (parameter, gradient) in harness.network.exportGradients() {
            let expected = try #require(named("gradient")[parameter])
            #expect(relativeDifference(gradient, expected) <= 1e-4, "\(parameter)")
        }

        guard !harness.network.buffers.isEmpty else { return }
        for buffer in harness.network.buffers {
            let expected = try #require(named("after")[buffer.name])
            #expect(relativeDifference(buffer.value, expected) <= 1e-5, "\(buffer.name)")
        }
        let evaluation = harness.forward(try fixture["\(name).input"], mode: .evaluation)
        #expect(relativeDifference(evaluation, try fixture["\(name).evaluation"]) <= 1e-5)
    }

    /// A case that one side has forgotten would be checked by nobody.
    @Test(arguments: Set(LayerCase.withFixture.map(\.kind)).sorted())
    func fixtureHasTheCasesOfTheTable(kind: String) throws {
        let names = Set(try Fixture(kind).metadata.keys).subtracting(["pytorch"])
        #expect(names == Set(LayerCase.withFixture.filter { $0.kind == kind }.map(\.name)))
    }
}
