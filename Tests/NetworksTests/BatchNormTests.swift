import Networks
import Tensors
import TestSupport
import Testing

/// Where PyTorch refuses, and what its fixtures do not say.
struct BatchNormTests {
    private let training = Mode.training(dropout: RandomStream(key: 0))

    @Test(arguments: [[6], [1, 1, 6]] as [Shape])
    func aSingleValuePerChannelGivesTheBias(input: Shape) throws {
        let harness = try LayerHarness(LayerCase("single", BatchNorm(), input, count: 1))
        harness.randomizeParameters()
        let running = harness.network.buffers.map(\.value.bits)
        let image = Tensor(Shape([1] + input.extents), [1e6, -3, 0, 5, 1e-6, 7])
        let output = harness.forward(image, mode: training)
        #expect(output.bits == harness.network.parameters[1].value.bits)
        let inputGradient = try harness.backward(output)
        #expect(inputGradient.scalars.allSatisfy { $0 == 0 })
        #expect(harness.network.parameters[0].gradient.scalars.allSatisfy { $0 == 0 })
        #expect(harness.network.parameters[1].gradient.bits == output.bits)
        #expect(harness.network.buffers.map(\.value.bits) == running)
    }

    @Test func aConstantChannelGivesTheBias() throws {
        let layerCase = LayerCase("constant", BatchNorm(), [3, 3, 2], count: 4)
        let harness = try LayerHarness(layerCase)
        let output = harness.forward(Tensor([4, 3, 3, 2], repeating: 12.3), mode: training)
        #expect(output.scalars.allSatisfy { abs($0) <= 1e-3 })
        #expect(harness.network.buffers[1].value.scalars.allSatisfy { abs($0 - 0.9) <= 1e-6 })
    }

    @Test func manyBatchesBringTheRunningStatisticsToTheData() throws {
        let layerCase = LayerCase("running", BatchNorm(), [4, 4, 1], count: 8)
        let harness = try LayerHarness(layerCase)
        var random = RandomStream(key: 9)
        for _ in 0..<200 {
            let noise = random.normal([8, 4, 4, 1], deviation: 3)
            _ = harness.forward(Tensor(noise.shape, noise.scalars.map { $0 + 5 }), mode: training)
        }
        // A running mean over some 20 batches of 128 numbers.
        #expect(abs(harness.network.buffers[0].value.scalars[0] - 5) < 0.4)
        #expect(abs(harness.network.buffers[1].value.scalars[0] - 9) < 1.5)
    }
}
