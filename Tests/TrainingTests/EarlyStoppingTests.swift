import Datasets
import Networks
import Tensors
import Testing
import Training

struct EarlyStoppingTests {
    /// A rate that ruins the weights after some epochs, so that the best epoch is an early one.
    private func bench(_ stopping: EarlyStopping, averaging: Averaging? = nil) -> Bench {
        var bench = Bench()
        bench.optimizer = SGD(rate: 1e-3)
        bench.schedule = MultiStepSchedule(at: [2], factor: 3e4)
        bench.augmentations = []
        bench.options.stopping = stopping
        bench.options.averaging = averaging
        return bench
    }

    @Test(arguments: [nil, Averaging.ema(decay: 0.5), .swa(start: 0)])
    func goesBackToTheBestEpoch(averaging: Averaging?) throws {
        let trainer = try bench(EarlyStopping(patience: 3), averaging: averaging).make()
        guard case .stoppedEarly(let stop) = trainer.train(epochs: 30).reason else {
            Issue.record("it should have stopped")
            return
        }
        let losses = trainer.history.epochs.compactMap(\.validationLoss)
        let best = try #require(losses.min())
        #expect(stop.value == best && losses[stop.epoch - 1] == best)
        #expect(losses.count == stop.epoch + 3 && trainer.position.epoch == losses.count)
        #expect(try trainer.evaluate(trainer.dataset.validation)?.loss == best)
    }

    /// After a stop, training can go on, and stops again at the same best epoch.
    @Test func trainingCanGoOn() throws {
        let trainer = try bench(EarlyStopping(patience: 2)).make()
        guard case .stoppedEarly(let first) = trainer.train(epochs: 30).reason else {
            Issue.record("it should have stopped")
            return
        }
        let epochs = trainer.position.epoch
        guard case .stoppedEarly(let second) = trainer.train(epochs: 30).reason else {
            Issue.record("it should have stopped again")
            return
        }
        #expect(second.epoch == first.epoch && trainer.position.epoch == epochs + 2)
        try trainer.change(stopping: nil)
        #expect(trainer.train(epochs: 3).reason == .finished)
    }

    /// Nothing improves by more than this, so the first epoch stays the best.
    @Test(arguments: [("loss", 1e6), ("accuracy", 1), ("train-loss", 1e6), ("train-accuracy", 1)])
    func aChangeMustBeLargeEnough(metric: String, minimumChange: Double) throws {
        var bench = Bench()
        bench.options.stopping = EarlyStopping(metric: metric, patience: 4, minimumChange: minimumChange)
        let trainer = try bench.make()
        guard case .stoppedEarly(let stop) = trainer.train(epochs: 30).reason else {
            Issue.record("it should have stopped")
            return
        }
        #expect(stop.epoch == 1 && trainer.position.epoch == 5)
    }

    /// A loss of one kind is not compared with a loss of another.
    @Test func anotherLossStartsOver() throws {
        var bench = Bench()
        bench.options.stopping = EarlyStopping(patience: 2, minimumChange: 1e6)
        let trainer = try bench.make()
        trainer.train(epochs: 2)
        try trainer.change(loss: CrossEntropy(labelSmoothing: 0.1))
        #expect(trainer.train(epochs: 2).reason == .finished)
        guard case .stoppedEarly(let stop) = trainer.train(epochs: 2).reason else {
            Issue.record("it should have stopped")
            return
        }
        #expect(stop.epoch == 3)
    }

    @Test(arguments: [
        ("metric", EarlyStopping(metric: "speed")), ("patience", EarlyStopping(patience: 0)),
        ("min-change", EarlyStopping(minimumChange: -1)),
    ])
    func refusesSettingsOutOfRange(name: String, settings: EarlyStopping) throws {
        let trainer = try Bench().make()
        let error = #expect(throws: TrainingError.self) { try trainer.change(stopping: settings) }
        guard case .setting(name, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// Without validation images there is nothing to follow but what training itself measures.
    @Test func aMetricNeedsItsImages() throws {
        var bench = Bench()
        bench.data = try bench.data.split(validation: .count(0), seed: 1)
        bench.options.stopping = EarlyStopping()
        let trainer = try bench.make()
        #expect(throws: TrainingError.noMetric("loss", follower: "early-stopping", need: "validation images"))
        {
            try trainer.check()
        }
        try trainer.change(stopping: EarlyStopping(metric: "train-loss"))
        try trainer.check()
        try trainer.change(schedule: PlateauSchedule(metric: "accuracy"))
        #expect(throws: TrainingError.noMetric("accuracy", follower: "schedule", need: "validation images")) {
            try trainer.check()
        }
        // Of three classes, all are among the five largest outputs.
        let other = try Bench().make()
        try other.change(stopping: EarlyStopping(metric: "top5"))
        #expect(
            throws: TrainingError.noMetric("top5", follower: "early-stopping", need: "more than 5 classes")
        ) {
            try other.check()
        }
    }

    /// A schedule that a user wrote may give what is no rate: training stops before it does harm.
    @Test(arguments: [-1, Double.nan, .infinity, 1e300])
    func aRateThatIsNoneStopsTraining(bad: Double) throws {
        struct Broken: Schedule {
            static let kind = "broken"
            var warmup = Warmup()
            let bad: Double
            var settings: [Setting] { [] }
            func rate(from base: Double, at moment: ScheduleMoment) -> Double { moment.step < 3 ? base : bad }
        }
        var bench = Bench()
        bench.schedule = Broken(bad: bad)
        let trainer = try bench.make()
        guard case .unusableRate(let rate) = trainer.train(epochs: 1).reason else {
            Issue.record("it should have stopped")
            return
        }
        #expect(rate.bitPattern == bad.bitPattern && trainer.position.step == 3)
    }
}
