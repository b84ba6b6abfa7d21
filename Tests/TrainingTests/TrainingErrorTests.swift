import Datasets
import Networks
import Tensors
import Testing
import Training

/// What keeps training from starting.
struct TrainingErrorTests {
    private func error(_ change: (inout Bench) throws -> Void) throws -> TrainingError? {
        var bench = Bench()
        try change(&bench)
        do {
            _ = try bench.make()
            return nil
        } catch let error as TrainingError {
            return error
        }
    }

    @Test func theLastLayerMustFitTheClasses() throws {
        let found = try error { $0.layers[6] = Dense(units: 4) }
        #expect(
            found
                == .output(
                    LossError.output(
                        loss: "cross-entropy", found: [4], targets: Targets(classes: 3), takesOne: false)))
        #expect(found?.message.contains("`dense 3`") == true)
        #expect(try error { $0.layers.removeLast(2) } != nil)
    }

    @Test func theImagesMustFitTheModel() throws {
        let trainer = try Bench().make()
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (20, 1, 12, 3)
        let other = try Dataset.shapes(settings, seed: 1)
        let expected = TrainingError.imageShape(found: [12, 12, 3], model: "net", needed: [10, 10, 3])
        #expect(throws: expected) { try trainer.change(dataset: other) }
        #expect(throws: expected) { try trainer.evaluate(other.test) }
        #expect(expected.message == "the images are 12x12x3, but model `net` takes 10x10x3")
        #expect(trainer.train(epochs: 1).reason == .finished)
    }

    @Test(arguments: [0, -1])
    func aBatchHasAtLeastOneImage(size: Int) throws {
        #expect(
            try error { $0.batchSize = size }
                == .setting("batch", found: "\(size)", allowed: "1 image or more"))
    }

    /// Pixels count as values: after a convolution a batch of one image is enough.
    @Test func batchNormNeedsMoreThanOneValue() throws {
        func check(batch: Int, _ layers: [any Layer]) throws -> TrainingError? {
            var bench = Bench()
            (bench.layers, bench.batchSize) = (layers, batch)
            let trainer = try bench.make()
            do {
                try trainer.check()
                return nil
            } catch {
                return error
            }
        }
        let single: [any Layer] = [Flatten(), Dense(units: 4), BatchNorm().named("norm"), Dense(units: 3)]
        #expect(try check(batch: 1, single) == .singleValue(layer: "norm"))
        #expect(try check(batch: 2, single) == nil)
        #expect(try check(batch: 1, [Conv2D(filters: 2), BatchNorm(), Flatten(), Dense(units: 3)]) == nil)
        #expect(
            try check(batch: 1, [GlobalAvgPool(), BatchNorm(), Dense(units: 3)])
                == .singleValue(layer: "bn1"))
    }

    @Test func aBatchMustFitIntoMemory() throws {
        let network = try Bench().make().network
        let needed = network.activationMemory(batchSize: 50)
        #expect(throws: Never.self) { try Trainer.check(batch: 50, of: network, fits: needed) }
        #expect(throws: TrainingError.batchTooLarge(batch: 51, needed: needed / 50 * 51, available: needed)) {
            try Trainer.check(batch: 51, of: network, fits: needed)
        }
        // A batch is never planned larger than the largest set.
        #expect(try error { $0.batchSize = .max } == nil)
    }

    @Test func aSetMustHaveImages() throws {
        let trainer = try Bench().make()
        #expect(throws: TrainingError.emptySet("test")) {
            try trainer.evaluate(trainer.dataset.test.subset([]))
        }
    }

    @Test func settingsMustBeInRange() throws {
        #expect(
            try error { $0.optimizer = SGD(rate: -1) }
                == .setting("rate", found: "-1", allowed: "0 or more"))
        // A number in the range that 32-bit floats cannot hold.
        #expect(
            try error { $0.optimizer = SGD(rate: 1e308) }
                == .setting("rate", found: "1e308", allowed: "at most 3.4028235e38"))
        #expect(try error { $0.schedule = StepSchedule(every: 0) } != nil)
        let trainer = try Bench().make()
        #expect(throws: TrainingError.self) { try trainer.change(schedule: StepSchedule(every: 0)) }
        #expect(throws: TrainingError.self) { try trainer.change(batchSize: 0) }
        #expect("\(trainer.schedule)" == "step every=1 factor=0.9" && trainer.batchSize == 16)
    }
}
