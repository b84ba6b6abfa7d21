import Datasets
import FoundationEssentials
import Networks
import Tensors
import TestSupport
import Testing
import Training

struct TrainerTests {
    /// 90 images in batches of 16: five and one of 10.
    @Test func tellsWhatItDoes() throws {
        var bench = Bench()
        bench.schedule = StepSchedule(every: 1, factor: 0.5)
        let trainer = try bench.make()
        var lines: [String] = []
        let outcome = trainer.train(epochs: 2) {
            false
        } observe: { event in
            switch event {
            case .stepped(let report):
                lines.append(
                    "\(report.epoch)/\(report.lastEpoch) \(report.step): \(report.imagesDone) \(report.rate)")
                #expect(report.imagesPerEpoch == 90 && report.imagesPerSecond > 0 && report.secondsLeft >= 0)
            case .validating(let epoch, let done, let count):
                lines.append("validating \(epoch): \(done) of \(count)")
            case .epochFinished(let record): lines.append("end \(record.epoch) after \(record.step)")
            }
        }
        #expect(
            lines == [
                "1/2 1: 16 0.01", "1/2 2: 32 0.01", "1/2 3: 48 0.01", "1/2 4: 64 0.01",
                "1/2 5: 80 0.01", "1/2 6: 90 0.01", "validating 1: 0 of 10", "validating 1: 10 of 10",
                "end 1 after 6",
                "2/2 7: 16 0.005", "2/2 8: 32 0.005", "2/2 9: 48 0.005", "2/2 10: 64 0.005",
                "2/2 11: 80 0.005", "2/2 12: 90 0.005", "validating 2: 0 of 10",
                "validating 2: 10 of 10", "end 2 after 12",
            ])
        #expect(outcome.reason == .finished && outcome.epochs == 0..<2 && outcome.steps == 0..<12)
        let again = trainer.train(epochs: 1)
        #expect(again.epochs == 2..<3 && again.steps == 12..<18)
        #expect(trainer.train(epochs: 0).steps.isEmpty)
    }

    @Test func writesDownStepsAndEpochs() throws {
        let trainer = try Bench().make()
        trainer.train(epochs: 1)
        let history = trainer.history
        let counts: [Float] = [16, 16, 16, 16, 16, 10]
        let loss = zip(history.steps, counts).reduce(0) { $0 + $1.0.loss * $1.1 } / 90
        let accuracy = zip(history.steps, counts).reduce(0) { $0 + $1.0.accuracy * $1.1 } / 90
        let epoch = try #require(history.epochs.first)
        #expect(abs(epoch.trainLoss - Double(loss)) < 1e-5)
        #expect(abs(epoch.trainAccuracy - Double(accuracy)) < 1e-5)
        let validation = try #require(try trainer.evaluate(trainer.dataset.validation))
        #expect(epoch.validationLoss == validation.loss && epoch.validationAccuracy == validation.accuracy)
        #expect(epoch.seconds > 0 && epoch.imagesPerSecond > 0)
    }

    /// A clock that stands still, or counters that a file made up, give a figure that fits into an integer.
    @Test(arguments: [0, Double.leastNonzeroMagnitude, 1e-9, 12])
    func imagesPerSecondIsAlwaysANumber(seconds: Double) throws {
        let json = """
            {"epoch": 1, "step": 1, "trainLoss": 1, "trainAccuracy": 0, "validationMetrics": {}, "rate": 1, "seconds": \(seconds),
            "images": \(1 << 40)}
            """
        let record = try JSONDecoder().decode(EpochRecord.self, from: Data(json.utf8))
        #expect((0...9e18).contains(record.imagesPerSecond))
        #expect(seconds < 1 || record.imagesPerSecond == Double(1 << 40) / seconds)
    }

    @Test func needsNoValidationImages() throws {
        var bench = Bench()
        bench.data = try bench.data.split(validation: .count(0), seed: 1)
        let trainer = try bench.make()
        #expect(trainer.train(epochs: 1).reason == .finished)
        #expect(trainer.history.epochs[0].validationLoss == nil && trainer.history.epochs[0].images == 100)
    }

    @Test func stopsWhereItIsAndFinishesTheEpochFirst() throws {
        let trainer = try Bench().make()
        let outcome = trainer.train(untilStep: 8)
        #expect(outcome.reason == .stopped)
        let position = outcome.position
        #expect([position.epoch, position.step, position.image] == [1, 8, 32])
        // One more epoch: the rest of the second.
        let rest = trainer.train(epochs: 1)
        #expect(rest.reason == .finished && rest.epochs == 1..<2 && rest.steps == 8..<12)
    }

    /// Two batches of ten validation images: the stop comes between them, and the next call validates anew.
    @Test func stopsWithinAValidation() throws {
        var bench = Bench()
        bench.batchSize = 9
        let trainer = try bench.make()
        var asked = 0
        let outcome = trainer.train(epochs: 1) {
            asked += 1
            return asked == 11
        }
        #expect(outcome.reason == .stopped && outcome.position.image == 90 && outcome.epochs.isEmpty)
        let rest = trainer.train(epochs: 1)
        #expect(rest.epochs == 0..<1 && rest.steps.isEmpty)
    }

    /// The three phases, one by one, are what `train` does.
    @Test func phasesMakeAStep() throws {
        let trained = try Bench().make()
        trained.train(untilStep: 3)
        let stepped = try Bench().make()
        for _ in 0..<3 {
            #expect(stepped.phase == .ready)
            let result = try stepped.forward()
            #expect(stepped.phase == .forwarded && result.count == 16)
            stepped.backward()
            #expect(stepped.phase == .backpropagated)
            stepped.update()
        }
        #expect(Trace(stepped) == Trace(trained))
    }

    @Test func gradientsStayToBeLookedAt() throws {
        let trainer = try Bench().make()
        try trainer.forward()
        trainer.backward()
        let gradients = trainer.network.parameters.map(\.gradient.bits)
        trainer.update()
        #expect(trainer.network.parameters.map(\.gradient.bits) == gradients)
        // The next step's do not add to them.
        trainer.rewind()
        let snapshot = trainer.state
        try trainer.forward()
        trainer.backward()
        let next = trainer.network.parameters.map(\.gradient.bits)
        trainer.rewind()
        try trainer.restore(snapshot)
        try trainer.forward()
        trainer.backward()
        #expect(trainer.network.parameters.map(\.gradient.bits) == next)
    }

    @Test(arguments: [1, 7, 90, 4000])
    func anotherBatchSizeGoesOnWithTheImagesThatAreLeft(batchSize: Int) throws {
        let trainer = try Bench().make()
        trainer.train(untilStep: 2)
        try trainer.change(batchSize: batchSize)
        let outcome = trainer.train(epochs: 1)
        #expect(outcome.reason == .finished)
        #expect(outcome.steps.count == (90 - 32 + batchSize - 1) / batchSize)
        #expect(trainer.evaluateOrNil()?.count == 20)
    }

    @Test func settingsCanChangeAndTheRestStays() throws {
        let trainer = try Bench().make()
        trainer.train(untilStep: 7)
        let weights = trainer.state.tensors.map(\.exported.bits)
        let report = try trainer.change(optimizer: SGD(rate: 0.02, momentum: 0.9))
        #expect(report.dropped == ["first moment, second moment (sgd has no use for it)"])
        // A schedule counts from the change: the new rate is what was asked for.
        #expect(trainer.rate == 0.02)
        try trainer.change(schedule: StepSchedule(every: 2, factor: 0.1))
        trainer.normalization = .off(channels: 3)
        trainer.augmentations = AugmentationPipeline([])
        #expect(trainer.state.tensors.map(\.exported.bits) == weights)
        #expect(trainer.history.steps.count == 7 && trainer.position.step == 7)
        #expect(trainer.train(epochs: 1).reason == .finished)
        trainer.train(epochs: 2)
        #expect(trainer.history.epochs.map(\.rate) == [0.01, 0.02, 0.02, 0.02 * 0.1])
    }

    @Test func aNewNormalizationActsOnTheNextBatch() throws {
        let trainer = try Bench().make()
        trainer.train(untilStep: 2)
        trainer.normalization = Normalization(mean: [0.5, 0.5, 0.5], deviation: [1e-6, 1e-6, 1e-6])
        try trainer.forward()
        #expect(trainer.batch.map { $0.images.largestFiniteMagnitude > 1e4 } == true)
    }

    @Test func otherDataStartTheEpochOver() throws {
        let trainer = try Bench().make()
        trainer.train(untilStep: 8)
        try trainer.change(dataset: Bench.shapes.split(validation: .count(50), seed: 1))
        #expect(trainer.position.epoch == 1 && trainer.position.image == 0)
        #expect(trainer.train(epochs: 1).steps.count == 4)
    }

    @Test func evaluatesWithIntegerCounts() throws {
        let trainer = try Bench().make()
        trainer.train(epochs: 3)
        let before = Trace(trainer)
        let result = try #require(try trainer.evaluate(trainer.dataset.train))
        #expect(Trace(trainer) == before)
        #expect(result.count == 90)
        #expect(result.classCounts == trainer.dataset.train.classCounts(classes: 3))
        #expect(result.correct == (0..<3).reduce(0) { $0 + result.confusion[$1][$1] })
        #expect(result.accuracy == Double(result.correct) / 90)
        let shares = result.classAccuracies.compactMap { $0 }
        #expect(
            abs(
                zip(shares, result.classCounts).reduce(0) { $0 + $1.0 * Double($1.1) }
                    - Double(result.correct)) < 1e-9)
        #expect(try trainer.evaluate(trainer.dataset.train, shouldStop: { true }) == nil)
        // In other batches, and one by one, it is the same network.
        for batchSize in [1, 90] {
            try trainer.change(batchSize: batchSize)
            let other = try #require(try trainer.evaluate(trainer.dataset.train))
            #expect(other.confusion == result.confusion && abs(other.loss - result.loss) < 1e-5)
        }
    }

    /// Learns what it should: a golden run.
    @Test func reachesNineOfTenOnShapes() throws {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (600, 200, 16, 4)
        (settings.channels, settings.difficulty) = (1, 0.2)
        var bench = Bench()
        bench.data = try .shapes(settings, seed: 1)
        bench.layers = [
            Conv2D(filters: 8, kernel: 3, padding: .same), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
            Conv2D(filters: 16, kernel: 3, padding: .same), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
            Flatten(), Dense(units: 4),
        ]
        bench.augmentations = []
        bench.schedule = ConstantSchedule()
        bench.threads = 2
        let trainer = try bench.make()
        trainer.train(epochs: 6)
        let result = try #require(try trainer.evaluate(trainer.dataset.test))
        #expect(result.accuracy >= 0.9, "\(result.accuracy), \(trainer.history.epochs.map(\.trainLoss))")
    }
}

extension Trainer {
    fileprivate func evaluateOrNil() -> Evaluation? { try? evaluate(dataset.test) }
}
