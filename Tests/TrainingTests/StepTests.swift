import Datasets
import Networks
import Tensors
import Testing
import Training

/// Training step by step is training.
struct StepTests {
    /// 36 training images in batches of 8: an epoch has 5 steps.
    private func makeTrainer() throws -> Trainer {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (40, 10, 8, 2)
        let data = try Dataset.shapes(settings, seed: 1)
        let network = try Network(
            name: "net", input: data.imageShape,
            layers: [
                Conv2D(filters: 4, kernel: 3), BatchNorm(), ReLU(), Flatten(), Dropout(), Dense(units: 2),
            ],
            initializer: .he, random: RandomStream(seed: 1, name: "init"))
        return try Trainer(
            network, optimizer: Adam(rate: 0.01), dataset: data, augmentations: [Flip()], batchSize: 8,
            seed: 1,
            workers: Workers(threads: 2))
    }

    private func bits(_ trainer: Trainer) -> [Tensor] { trainer.state.tensors.map(\.exported) }

    private func expectSame(_ a: Trainer, _ b: Trainer) {
        #expect(zip(bits(a), bits(b)).allSatisfy { $0.isIdentical(to: $1) })
        #expect(a.position.step == b.position.step && a.position.epoch == b.position.epoch)
        #expect(a.history.steps == b.history.steps)
        #expect(a.history.epochs.map(\.validationLoss) == b.history.epochs.map(\.validationLoss))
    }

    @Test(arguments: [[10], [1, 9], [3, 3, 4], [5, 5], [7, 0, 3]])
    func stepsAreEpochs(parts: [Int]) throws {
        let (whole, stepped) = (try makeTrainer(), try makeTrainer())
        whole.train(epochs: 2)
        for steps in parts {
            let outcome = stepped.train(steps: steps)
            #expect(outcome.reason == .finished && outcome.steps.count == steps)
        }
        // The second epoch waits for its validation until something comes after it.
        #expect(stepped.position.step == 10 && stepped.position.epoch == 1 && !stepped.hasBatch)
        #expect(try stepped.beginStep())
        expectSame(whole, stepped)
    }

    @Test func partsAreSteps() throws {
        let (whole, parts) = (try makeTrainer(), try makeTrainer())
        whole.train(steps: 7)
        for _ in 0..<7 {
            #expect(try parts.beginStep())
            for part in Trainer.StepPart.allCases { #expect(try parts.finishStep(upTo: part) == nil) }
        }
        expectSame(whole, parts)
    }

    /// The step in hand is the first of those asked for.
    @Test(arguments: Trainer.StepPart.allCases)
    func aStepInHandIsFinished(part: Trainer.StepPart) throws {
        let (whole, interrupted) = (try makeTrainer(), try makeTrainer())
        whole.train(steps: 4)
        _ = try interrupted.finishStep(upTo: part)
        interrupted.train(steps: part == .update ? 3 : 4)
        expectSame(whole, interrupted)
    }

    @Test func onlyTheLastUpdateKeepsTheValuesBefore() throws {
        let trainer = try makeTrainer()
        #expect(trainer.valuesBeforeUpdate == nil)
        trainer.train(steps: 2)
        let before = bits(trainer)
        trainer.train(steps: 1)
        let kept = try #require(trainer.valuesBeforeUpdate)
        let layouts = trainer.network.parameters.map(\.layout)
        let exported = zip(layouts, kept).map { $0.exported($1) }
        let names = trainer.state.tensors.map(\.name)
        for (parameter, value) in zip(trainer.network.parameters, exported) {
            let index = try #require(names.firstIndex(of: parameter.name))
            #expect(before[index].isIdentical(to: value), "\(parameter.name)")
        }
        trainer.train(epochs: 1)
        #expect(trainer.valuesBeforeUpdate == nil)
    }
}
