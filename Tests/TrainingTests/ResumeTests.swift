import Datasets
import Networks
import Tensors
import Testing
import Training

/// Stopping, saving, loading and going back change no bit of what training does.
struct ResumeTests {
    static let optimizers: [any OptimizerSettings] = [
        SGD(rate: 0.05), SGD(rate: 0.05, momentum: 0.9, isNesterov: true, l2: 1e-3),
        Adam(rate: 0.01, l2: 1e-3),
    ]

    /// Stops after the first step, within an epoch, right at the end of one, and after a partial batch; 6 steps are an
    /// epoch.
    @Test(arguments: optimizers.indices, [1, 4, 6, 12, 15])
    func savingAndLoadingChangesNothing(_ index: Int, stop: Int) throws {
        var bench = Bench()
        bench.optimizer = Self.optimizers[index]
        let whole = try bench.make()
        #expect(whole.train(epochs: 3).reason == .finished)

        let first = try bench.make()
        #expect(first.train(untilStep: stop).reason == .stopped)
        // Another seed: weights and streams must come from the file. Another number of threads: it must not matter.
        bench.seed = 99
        bench.threads = 2
        let second = try bench.make()
        try withTemporaryFile { path in
            try first.state.save(to: path)
            try second.restore(TrainingState.load(from: path, for: second.network))
        }
        #expect(Trace(second) == Trace(first))
        second.train(epochs: 3 - second.position.epoch)
        #expect(Trace(second) == Trace(whole))
    }

    /// A schedule that began later goes on from where it began.
    @Test func savingAndLoadingKeepsTheSchedulesStart() throws {
        let first = try Bench().make()
        first.train(untilStep: 13)
        _ = try first.change(optimizer: SGD(rate: 0.01, momentum: 0.5))
        first.train(epochs: 2)
        let second = try Bench().make()
        try withTemporaryFile { path in
            try first.state.save(to: path)
            try second.restore(TrainingState.load(from: path, for: second.network))
        }
        #expect(second.rate == first.rate && first.rate == 0.01 * 0.9 * 0.9)
        first.train(epochs: 1)
        second.train(epochs: 1)
        #expect(Trace(second) == Trace(first))
    }

    @Test(arguments: [1, 5, 6, 7, 13])
    func stoppingChangesNothing(every steps: Int) throws {
        let whole = try Bench().make()
        whole.train(epochs: 3)
        let stopped = try Bench().make()
        while stopped.position.epoch < 3 {
            var count = 0
            stopped.train(epochs: 3 - stopped.position.epoch) {
                count += 1
                return count % steps == 0
            }
        }
        #expect(Trace(stopped) == Trace(whole))
    }

    @Test(arguments: [2, 3])
    func threadsChangeNothing(threads: Int) throws {
        var bench = Bench()
        let one = try bench.make()
        bench.threads = threads
        let many = try bench.make()
        one.train(epochs: 2)
        many.train(epochs: 2)
        #expect(Trace(one) == Trace(many))
    }

    @Test func goingBackIsAsIfNothingHadBeen() throws {
        let trainer = try Bench().make()
        trainer.train(untilStep: 9)
        let snapshot = trainer.state
        let before = Trace(trainer)
        trainer.train(untilStep: 20)
        let after = Trace(trainer)

        _ = try trainer.change(optimizer: SGD(rate: 0.5))
        trainer.train(untilStep: 22)
        try trainer.restore(snapshot)
        #expect(Trace(trainer) == before)
        #expect("\(trainer.optimizer.settings)" == "adam rate=0.01")
        trainer.train(untilStep: 20)
        #expect(Trace(trainer) == after)
    }

    /// A step in hand is no part of the state, and evaluating or reading the state takes nothing away.
    @Test func lookingChangesNothing() throws {
        let plain = try Bench().make()
        plain.train(untilStep: 10)
        let watched = try Bench().make()
        while watched.position.step < 10 {
            if !watched.hasBatch { watched.train(untilStep: watched.position.step + 1) }
            guard watched.position.step < 10 else { break }
            let before = Trace(watched)
            try watched.forward()
            #expect(Trace(watched) == before)
            _ = try watched.evaluate(watched.dataset.test)
            try watched.forward()
            watched.backward()
            #expect(Trace(watched) == before)
            watched.update()
        }
        #expect(Trace(watched) == Trace(plain))
    }

    /// Each chance has a stream of its own: one more augmentation moves neither the order nor dropout.
    @Test func anAugmentationThatDoesNothingChangesNothing() throws {
        var bench = Bench()
        bench.augmentations = []
        let without = try bench.make()
        bench.augmentations = [Flip(probability: 0), Shift(pixels: 0)]
        let with = try bench.make()
        without.train(epochs: 1)
        with.train(epochs: 1)
        #expect(Trace(with) == Trace(without))
    }

    @Test func theSeedMatters() throws {
        var bench = Bench()
        let one = try bench.make()
        bench.seed = 2
        let two = try bench.make()
        try two.restore(one.state)
        one.train(epochs: 1)
        two.train(epochs: 1)
        #expect(Trace(one) == Trace(two), "streams are part of the state")
        let three = try bench.make()
        three.train(epochs: 1)
        #expect(Trace(one) != Trace(three))
    }
}
