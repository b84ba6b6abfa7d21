import Datasets
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// A loss or gradient that is not finite.
struct DivergenceTests {
    private func divergence(_ outcome: TrainingOutcome) throws -> Divergence {
        guard case .diverged(let divergence) = outcome.reason else {
            Issue.record("\(outcome.reason)")
            throw CancellationError()
        }
        return divergence
    }

    /// Each place where it can begin, and how it is brought about after one healthy step.
    static let origins: [(NonFinite.Place, @Sendable (Trainer) -> Void)] = [
        (.parameter("conv1.weight"), { $0.network.parameters[0].value.spoil(.nan) }),
        (.parameter("bn1.bias"), { $0.network.parameters[3].value.spoil(.infinity) }),
        (.parameter("dense1.weight"), { $0.network.parameters[4].value.spoil(.nan) }),
        (.input, { $0.normalization = Normalization(mean: [.infinity, 0, 0], deviation: [1, 1, 1]) }),
        // All finite, but not their product.
        (
            .activation(layerIndex: 6, layerName: "dense1"),
            {
                for index in [2, 4] { $0.network.parameters[index].value.scale(by: 1e30) }
            }
        ),
    ]

    @Test(arguments: origins.indices)
    func saysWhereItBegan(_ index: Int) throws {
        let (place, spoil) = Self.origins[index]
        let trainer = try Bench().make()
        trainer.train(untilStep: 1)
        spoil(trainer)
        let found = try divergence(trainer.train(epochs: 1))
        #expect(found.origin?.place == place)
        #expect(found.step == 2 && found.epoch == 1 && found.quantity == .loss)
    }

    @Test func aRateThatIsTooHighIsFoundOut() throws {
        var bench = Bench()
        bench.layers = [Flatten(), Dense(units: 8), ReLU(), Dense(units: 3)]
        bench.optimizer = SGD(rate: 1e15)
        let trainer = try bench.make()
        let found = try divergence(trainer.train(epochs: 20))
        #expect(found.step == trainer.position.step + 1)
        #expect(found.origin != nil)
    }

    /// Zeros, then huge weights: the logits and the loss are finite, but not what flows back to large inputs.
    @Test func aGradientThatOverflowsIsFoundOut() throws {
        var bench = Bench()
        bench.layers = [Flatten(), Dense(units: 2), Dense(units: 3)]
        bench.normalization = Normalization(mean: [0, 0, 0], deviation: [1e-3, 1e-3, 1e-3])
        let trainer = try bench.make()
        trainer.network.parameters[0].value = Tensor(zeros: trainer.network.parameters[0].value.shape)
        trainer.network.parameters[2].value = Tensor([3, 2], [3e38, 3e38, -3e38, -3e38, 3e38, 3e38])
        let before = Trace(trainer)
        let found = try divergence(trainer.train(epochs: 1))
        #expect(found.quantity == .gradient && found.origin?.place == .gradient("dense1.weight"))
        #expect(Trace(trainer) == before)
    }

    /// Nothing of the step stays: neither weights nor running statistics nor counters; and the batch can be tried again.
    @Test func keepsEverythingAsItWas() throws {
        let trainer = try Bench().make()
        trainer.train(untilStep: 8)
        let healthy = trainer.state
        let normalization = trainer.normalization
        let before = Trace(trainer)
        trainer.normalization = Normalization(mean: [.nan, 0, 0], deviation: [1, 1, 1])
        let outcome = trainer.train(epochs: 1)
        #expect(try divergence(outcome).step == 9)
        #expect(outcome.position.step == 8 && outcome.steps.isEmpty)
        #expect(Trace(trainer) == before)

        trainer.normalization = normalization
        trainer.train(epochs: 1)
        let other = try Bench().make()
        try other.restore(healthy)
        other.train(epochs: 1)
        #expect(Trace(trainer) == Trace(other))
    }
}

extension Tensor {
    /// Puts a number into the middle.
    fileprivate mutating func spoil(_ value: Float) {
        withUnsafeMutableBufferPointer { $0[$0.count / 2] = value }
    }

    fileprivate mutating func scale(by factor: Float) { combine(0, self, factor) }
}
