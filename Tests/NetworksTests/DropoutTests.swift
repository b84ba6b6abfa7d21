import Networks
import Tensors
import TestSupport
import Testing

/// The laws of a random mask, which has no fixture.
struct DropoutTests {
    private func mask(_ layerCase: LayerCase, _ stream: RandomStream) throws -> Tensor {
        let ones = Tensor(Shape([layerCase.count] + layerCase.input.extents), repeating: 1)
        return try LayerHarness(layerCase).forward(ones, mode: .training(dropout: stream))
    }

    @Test(arguments: [0, 0.1, 0.25, 0.5, 0.9] as [Float])
    func keepsTheMeanAndDropsItsShare(probability: Float) throws {
        let layerCase = LayerCase("share", Dropout(probability: probability), [100, 10, 8], count: 5)
        let scalars = try mask(layerCase, RandomStream(key: 1)).scalars
        let dropped = Double(scalars.count { $0 == 0 }) / Double(scalars.count)
        let p = Double(probability)
        // Five standard errors of 40 000 draws.
        #expect(abs(dropped - p) <= 5 * (p * (1 - p) / Double(scalars.count)).squareRoot())
        let kept = Set(scalars).subtracting([0])
        #expect(kept.allSatisfy { abs($0 - 1 / (1 - probability)) <= 1e-6 } && kept.count == 1)
    }

    @Test func masksDependOnTheStreamAndItsCounterAndTheLayer() throws {
        let layerCase = LayerCase("mask", Dropout(), [8, 8, 3])
        let stream = RandomStream(seed: 1, name: "dropout")
        var next = stream
        _ = next.next()
        let first = try mask(layerCase, stream).bits
        #expect(try mask(layerCase, stream).bits == first)
        #expect(try mask(layerCase, next).bits != first)
        #expect(try mask(layerCase, RandomStream(seed: 2, name: "dropout")).bits != first)

        let network = try Network(
            name: "two", input: [100], layers: [Dropout(), Dropout()], initializer: .he, random: stream)
        let executor = Executor(network, loss: CrossEntropy(), batchSize: 1, workers: Workers(threads: 1))
        executor.forward(Tensor([1, 100], repeating: 1), count: 1, mode: .training(dropout: stream))
        // Were the masks the same, what passes the first would pass the second.
        #expect(
            executor.activation(of: 0).scalars.count { $0 == 0 }
                < executor.activation(of: 1).scalars.count { $0 == 0 })
    }

    @Test func gradientPassesWhereTheValuePassed() throws {
        let layerCase = LayerCase("gradient", Dropout(), [50], count: 3)
        let harness = try LayerHarness(layerCase)
        let ones = Tensor([3, 50], repeating: 1)
        let output = harness.forward(ones, mode: .training(dropout: RandomStream(key: 4)))
        #expect(try harness.backward(ones).bits == output.bits)
    }

    @Test func evaluationChangesNothing() throws {
        let layerCase = LayerCase("evaluation", Dropout(probability: 0.9), [50], count: 3)
        let input = LayerHarness.input(layerCase)
        #expect(try LayerHarness(layerCase).forward(input, mode: .evaluation).bits == input.bits)
    }
}
