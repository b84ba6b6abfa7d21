import Datasets
import Tensors
import Testing
import Training

/// Draws with replacement are part of what training depends on.
struct SamplingTrainerTests {
    @Test(arguments: [Sampling.balanced, .weighted([1, 2, 0])], [1, 6, 9])
    func stoppingAndResumingChangesNothing(sampling: Sampling, stop: Int) throws {
        var bench = Bench()
        bench.options.sampling = sampling
        let whole = try bench.make()
        whole.train(epochs: 3)
        let first = try bench.make()
        first.train(untilStep: stop)
        bench.seed = 99
        let second = try bench.make()
        try second.restore(first.state)
        second.train(epochs: 3 - second.position.epoch)
        #expect(Trace(second) == Trace(whole))
        let shuffled = try Bench().make()
        shuffled.train(epochs: 3)
        #expect(Trace(shuffled) != Trace(whole))
    }

    @Test func otherDataMustBeDrawnSoToo() throws {
        var bench = Bench()
        bench.options.sampling = .weighted([1, 2, 3])
        let trainer = try bench.make()
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (60, 10, 10, 2)
        let two = try Dataset.shapes(settings, seed: 1)
        #expect(throws: TrainingError.self) { try trainer.change(dataset: two) }
        #expect(throws: TrainingError.self) { try trainer.change(sampling: .weighted([1])) }
        #expect(trainer.sampling == .weighted([1, 2, 3]))
        #expect(trainer.setup.differences(from: try Bench().make().setup).map(\.what) == ["sampling"])
    }
}
