import Networks
import Tensors
import Testing
import Training

/// Layers that learn at rates of their own, or not at all.
struct LayerRateTests {
    private func tensors(_ trainer: Trainer, of layer: String) -> [[UInt32]] {
        trainer.network.layers.filter { $0.name == layer }.flatMap { $0.parameters + $0.buffers }
            .map(\.value.bits)
    }

    @Test func frozenLayersStay() throws {
        var bench = Bench()
        bench.optimizer = AdamW(rate: 0.1, regularization: Regularization(decay: 0.1, maxNorm: 0.1))
        let trainer = try bench.make()
        var rates = LayerRates()
        rates.freeze(["bn1", "conv1"])
        try trainer.change(layerRates: rates)
        let before = ["conv1", "bn1"].map { tensors(trainer, of: $0) }
        let dense = tensors(trainer, of: "dense1")
        trainer.train(epochs: 1)
        #expect(["conv1", "bn1"].map { tensors(trainer, of: $0) } == before)
        #expect(tensors(trainer, of: "dense1") != dense)
        #expect(trainer.optimizer.stepCounts == [0, 0, 0, 0, 6, 6])
        // Their gradients do not count in what is clipped.
        try trainer.forward()
        trainer.backward()
        let learning = trainer.network.parameters[4...].reduce(0) { $0 + $1.gradient.sumOfSquares }
        #expect(trainer.gradientNorm == learning.squareRoot())

        rates.unfreeze(["conv1"])
        try trainer.change(layerRates: rates)
        trainer.train(epochs: 1)
        #expect(tensors(trainer, of: "conv1") != before[0] && tensors(trainer, of: "bn1") == before[1])
    }

    /// A layer that was frozen starts as if training had only begun: its bias corrections are those of step 1.
    @Test func aLayerThatWasFrozenStartsFresh() throws {
        var bench = Bench()
        bench.optimizer = Adam(rate: 0.01)
        let trainer = try bench.make()
        var rates = LayerRates()
        rates.freeze(["conv1"])
        try trainer.change(layerRates: rates)
        trainer.train(untilStep: 5)
        try trainer.change(layerRates: LayerRates())
        let weight = trainer.network.parameters[0]
        let before = weight.value.scalars
        let rate = trainer.rate
        trainer.train(untilStep: 6)
        let changes = zip(before, weight.value.scalars).map { abs($0 - $1) }
        let moved = zip(changes, weight.gradient.scalars).filter { abs($0.1) > 1e-4 }
        #expect(moved.count > changes.count / 2)
        // Adam's first step is the rate, whatever the gradient.
        for (change, _) in moved { #expect(abs(change - Float(rate)) < 1e-3 * Float(rate)) }
    }

    @Test func aRateOfItsOwnIsUsedAndScheduled() throws {
        var bench = Bench()
        bench.optimizer = Lion(rate: 0.1)
        bench.schedule = StepSchedule(every: 1, factor: 0.5)
        let trainer = try bench.make()
        var rates = LayerRates()
        rates.setRate(0.004, of: ["dense1"])
        try trainer.change(layerRates: rates)
        for own: Float in [0.004, 0.002] {
            let before = trainer.network.parameters.map(\.value.scalars)
            trainer.train(untilStep: trainer.position.step + 1)
            // Lion's steps are of one size.
            let steps = zip(before, trainer.network.parameters).map { old, parameter in
                zip(old, parameter.value.scalars).map { abs($0 - $1) }.max() ?? 0
            }
            #expect(abs(steps[0] - own * 25) < 1e-5 && abs(steps[4] - own) < 1e-6, "\(steps)")
            trainer.train(epochs: 1)
        }
        rates.setRate(nil, of: ["dense1"])
        #expect(rates.isEmpty)
        rates.setRate(-1, of: ["dense1"])
        #expect(throws: TrainingError.self) { try trainer.change(layerRates: rates) }
    }

    @Test func layersAreFoundByNameBlockAndStart() throws {
        let network = try Network(
            name: "net", input: [8, 8, 3],
            layers: [
                Conv2D(filters: 4, kernel: 3),
                Residual(body: [Conv2D(filters: 4, kernel: 3, padding: .same), BatchNorm()]),
                Flatten(), Dense(units: 2),
            ], initializer: .he, random: RandomStream(key: 1))
        func names(_ pattern: String) -> [String] { network.layers(matching: pattern).map(\.name) }
        #expect(names("conv1") == ["conv1"])
        #expect(names("residual1") == ["residual1.conv1", "residual1.bn1", "residual1"])
        #expect(names("residual1.bn1") == ["residual1.bn1"])
        #expect(names("residual1.c*") == ["residual1.conv1"])
        #expect(names("*") == network.layers.map(\.name))
        #expect(names("con").isEmpty && names("").isEmpty && names("residual").isEmpty)
    }
}
