import Datasets
import Networks
import Tensors
import Testing
import Training

/// Learning the class of each pixel.
@Suite struct SegmentationTests {
    /// Shapes that lie in the middle, upright, on a background: four classes.
    private static func data(count: Int) throws -> Dataset {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (count, 60, 16, 3)
        (settings.channels, settings.difficulty, settings.noise) = (1, 0, 0.05)
        settings.hasMasks = true
        return try Dataset.shapes(settings, validation: .count(20), seed: 1)
    }

    private static let layers: [any Layer] = [
        Conv2D(filters: 8, kernel: 5, padding: .same), ReLU(), Conv2D(filters: 16, kernel: 5, padding: .same),
        ReLU(),
        Conv2D(filters: 4, kernel: 1),
    ]

    private func makeTrainer(
        _ loss: any Loss, layers: [any Layer] = layers, count: Int = 200, threads: Int = 2
    ) throws -> Trainer {
        let data = try Self.data(count: count)
        let network = try Network(
            name: "net", input: data.imageShape, layers: layers, initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        return try Trainer(
            network, loss: loss, optimizer: Adam(rate: 0.005), dataset: data, batchSize: 10, seed: 1,
            workers: Workers(threads: threads))
    }

    /// A golden run: 0.8 of intersection over union, mean over the four classes.
    @Test(arguments: [CrossEntropy(), DiceCrossEntropy()] as [any Loss])
    func learnsMasks(loss: any Loss) throws {
        let trainer = try makeTrainer(loss)
        trainer.train(epochs: 8)
        let evaluation = try #require(try trainer.evaluate(trainer.dataset.test))
        #expect(evaluation.isSegmentation && evaluation.count == 60 * 256)
        let iou = try #require(evaluation.metrics["iou"])
        #expect(iou >= 0.8, "\(evaluation.metrics)")
        let last = try #require(trainer.history.epochs.last)
        #expect(last.validationMetrics["iou"] != nil && last.validationMetrics["dice"] != nil)
        #expect((0...1).contains(last.trainAccuracy))
    }

    /// Losses take turns in mid-run, and balanced weights are those of the pixels.
    @Test func theLossCanChange() throws {
        let trainer = try makeTrainer(CrossEntropy(weights: .balanced), count: 60)
        let pixels = try trainer.dataset.labelCounts
        #expect(pixels.reduce(0, +) == 40 * 256 && pixels[0] > pixels[3])
        #expect(trainer.executor.loss.description != trainer.loss.description)
        trainer.train(untilStep: 2)
        for loss in [Dice(), Focal(), Hinge(), MeanSquaredError(), CrossEntropy()] as [any Loss] {
            try trainer.change(loss: loss)
            let before = trainer.position.step
            trainer.train(untilStep: before + 2)
            #expect(trainer.position.step == before + 2 && trainer.setup.loss == loss.description)
        }
        let misfit = CrossEntropy(weights: .listed([1, 2]))
        #expect(throws: TrainingError.output(.weightCount(loss: "cross-entropy", found: 2, classes: 4))) {
            try trainer.change(loss: misfit)
        }
        #expect(trainer.setup.loss == "cross-entropy")
    }

    @Test func theSameBitsForAnyNumberOfThreads() throws {
        func run(_ threads: Int) throws -> Trace {
            let trainer = try makeTrainer(DiceCrossEntropy(), count: 60, threads: threads)
            trainer.train(epochs: 1)
            return Trace(trainer)
        }
        #expect(try run(1) == run(3))
    }

    @Test func theModelHasToGiveMasks() {
        let expected = LossError.output(
            loss: "dice", found: [4], targets: Targets(classes: 4, mask: [16, 16]), takesOne: false)
        #expect(throws: TrainingError.output(expected)) {
            try makeTrainer(Dice(), layers: [Flatten(), Dense(units: 4)], count: 40)
        }
    }
}
