import Networks
import Tensors
import Testing

/// The laws of a random mask of channels, which has no fixture.
struct SpatialDropoutTests {
    private let stream = RandomStream(seed: 1, name: "dropout")

    @Test(arguments: [0, 0.1, 0.5, 0.9] as [Float])
    func wholeChannelsGoOrStay(probability: Float) throws {
        let (images, pixels, channels) = (40, 6, 100)
        let layerCase = LayerCase(
            "share", SpatialDropout(probability: probability), [2, 3, channels], count: images)
        let ones = Tensor([images, 2, 3, channels], repeating: 1)
        let scalars = try LayerHarness(layerCase).forward(ones, mode: .training(dropout: stream)).scalars
        var dropped = 0
        for image in 0..<images {
            for channel in 0..<channels {
                let values = (0..<pixels).map { scalars[(image * pixels + $0) * channels + channel] }
                #expect(Set(values).count == 1)
                dropped += values[0] == 0 ? 1 : 0
                #expect(values[0] == 0 || abs(values[0] - 1 / (1 - probability)) <= 1e-6)
            }
        }
        let p = Double(probability)
        let draws = Double(images * channels)
        // Five standard errors.
        #expect(abs(Double(dropped) / draws - p) <= 5 * (p * (1 - p) / draws).squareRoot())
    }

    @Test func gradientPassesWhereTheValuePassed() throws {
        let harness = try LayerHarness(LayerCase("gradient", SpatialDropout(), [3, 2, 20], count: 3))
        let ones = Tensor([3, 3, 2, 20], repeating: 1)
        let output = harness.forward(ones, mode: .training(dropout: stream))
        #expect(try harness.backward(ones).bits == output.bits)
    }

    @Test func evaluationChangesNothing() throws {
        let layerCase = LayerCase("evaluation", SpatialDropout(probability: 0.9), [4, 4, 5], count: 3)
        let input = LayerHarness.input(layerCase)
        #expect(try LayerHarness(layerCase).forward(input, mode: .evaluation).bits == input.bits)
    }
}
