import Datasets
import Networks
import Testing
import Training

@testable import Search

/// How searches go: results, rungs, failures, and going on where one was stopped.
struct SearchRunTests {
    private let folder: TemporaryFolder
    private let bench = RateBench()

    init() throws { folder = try TemporaryFolder() }

    private func store() throws -> RunStore { try RunStore(path: folder.path("runs.sqlite")) }

    private func run(
        _ plan: SearchPlan, store: RunStore? = nil, maker: RateBench? = nil
    ) throws -> SearchRun {
        try SearchRun(
            plan, metric: Bench.metric, maker: maker ?? bench, store: store, definition: "\(plan)")
    }

    private func plan(
        _ strategy: SearchStrategy, trials: Int = 4, epochs: Int = 2, factor: Int = 2, seeds: Int = 1
    ) throws -> SearchPlan {
        try SearchPlan(
            strategy, bench.dimensions, trials: trials, epochs: epochs, factor: factor, seeds: seeds, seed: 1)
    }

    /// A trial's result is that of training its configuration alone.
    @Test func trialsAreTrainedFromTheirOwnStart() throws {
        let search = try run(plan(.random, seeds: 2))
        #expect(search.run(shouldStop: { false }, observe: { _ in }))
        for trial in search.trials {
            for seed in 0..<2 {
                let trainer = try bench.prepare(trial.configuration, seed: UInt64(1 + seed)).trainer
                trainer.train(epochs: 2)
                #expect(trainer.history.epochs.last?.validationAccuracy == trial.scores[seed])
            }
            #expect(trial.state == .finished && trial.epochs == 2)
            #expect(trial.score == trial.scores.reduce(0, +) / 2)
        }
    }

    /// Going on from a kept state gives the same as training through.
    @Test func halvingTrainsTheBestLongest() throws {
        let search = try run(plan(.halving, trials: 8, epochs: 4))
        var epochs: [Int] = []
        #expect(
            search.run(shouldStop: { false }) { event in
                if case .trained(_, _, .epochFinished) = event { epochs.append(1) }
            })
        // (8, 1), (4, 2), (2, 4): each rung only trains what is missing.
        #expect(epochs.count == 8 + 4 * 1 + 2 * 2)
        let byEpochs = Dictionary(grouping: search.trials, by: \.epochs).mapValues(\.count)
        #expect(byEpochs == [1: 4, 2: 2, 4: 2])
        #expect(search.trials.count { $0.state == .droppedOut } == 6)
        let best = try #require(search.bestTraining(shouldStop: { false }))
        let alone = try bench.prepare(best.trial.configuration, seed: 1).trainer
        alone.train(epochs: 4)
        #expect(alone.history.epochs.last?.validationAccuracy == best.trial.score)
        #expect(best.training.history.steps == alone.history.steps)
    }

    /// Whatever the first rung showed, those that go on are the better ones.
    @Test func halvingKeepsTheBetter() throws {
        let search = try run(plan(.halving, trials: 6, epochs: 2))
        var first: [Trial] = []
        _ = search.run(shouldStop: { false }) { event in
            if case .advanced(let trial) = event, first.count < 6 { first.append(trial) }
        }
        let kept = Bench.metric.ranked(first).prefix(3).map(\.number).sorted()
        #expect(search.trials.filter { $0.epochs == 2 }.map(\.number) == kept)
    }

    @Test func failuresAreResults() throws {
        let plan = try SearchPlan(
            .grid, [SearchDimension("rate", .numbers(0.01...1, isLogarithmic: true))], trials: 3, epochs: 1,
            seed: 1)
        let search = try run(plan)
        #expect(search.run(shouldStop: { false }, observe: { _ in }))
        #expect(search.trials.map(\.state) == [.finished, .finished, .failed("too fast")])
        #expect(search.trials[2].score == nil)
        #expect(Bench.metric.ranked(search.trials).last?.number == 3)
    }

    @Test func divergenceIsAResult() throws {
        let plan = try SearchPlan(
            .grid, [SearchDimension("rate", .choices(["huge", "fine"]))], epochs: 1, seed: 1)
        let maker = HugeBench()
        let search = try SearchRun(
            plan, metric: Bench.metric, maker: maker, store: store(), definition: "huge")
        #expect(search.run(shouldStop: { false }, observe: { _ in }))
        #expect(search.trials.map(\.state) == [.diverged, .finished])
        // It is remembered like any other.
        let again = try SearchRun(
            plan, metric: Bench.metric, maker: maker, store: store(), definition: "huge")
        let prepared = maker.prepared
        #expect(again.run(shouldStop: { false }, observe: { _ in }))
        #expect(again.trials.map(\.state) == [.diverged, .finished] && maker.prepared == prepared)
    }

    @Test func nothingIsBestIfAllFails() throws {
        let plan = try SearchPlan(
            .grid, [SearchDimension("rate", .integers(1...3, isLogarithmic: false))], epochs: 1, seed: 1)
        let search = try run(plan)
        #expect(search.run(shouldStop: { false }, observe: { _ in }))
        #expect(search.bestTraining(shouldStop: { false }) == nil)
    }

    // MARK: Going on

    /// Stopped after so many batches, and begun again in another session: the results are those of one that was not.
    @Test(arguments: [SearchStrategy.random, .halving], [1, 9, 20, 33])
    func aStoppedSearchGoesOn(_ strategy: SearchStrategy, _ batches: Int) throws {
        let plan = try plan(strategy, trials: 4, epochs: 2, seeds: 2)
        let whole = try run(plan)
        #expect(whole.run(shouldStop: { false }, observe: { _ in }))

        var questions = 0
        let first = try run(plan, store: store())
        #expect(
            !first.run(
                shouldStop: {
                    questions += 1
                    return questions >= batches
                }, observe: { _ in }))
        let second = try run(plan, store: store(), maker: RateBench())
        #expect(second.run(shouldStop: { false }, observe: { _ in }))
        #expect(second.trials.map(\.scores) == whole.trials.map(\.scores))
        #expect(second.trials.map(\.state) == whole.trials.map(\.state))

        // Once it is complete nothing is trained again, unless the best is wanted.
        let third = RateBench()
        let known = try run(plan, store: store(), maker: third)
        #expect(known.run(shouldStop: { false }, observe: { _ in }))
        #expect(third.prepared == 0 && known.trials.allSatisfy(\.isRemembered))
        #expect(known.trials.map(\.scores) == whole.trials.map(\.scores))
        let best = try #require(known.bestTraining(shouldStop: { false }))
        let expected = try #require(whole.bestTraining(shouldStop: { false }))
        #expect(best.trial.number == expected.trial.number)
        #expect(best.training.history.steps == expected.training.history.steps)
    }

    /// A trial that early stopping ends has the score of the epoch it went back to, also in later rungs and when the
    /// search is begun again.
    @Test func earlyStoppingEndsATrial() throws {
        let plan = try plan(.halving, trials: 4, epochs: 8)
        func patient() -> RateBench {
            let bench = RateBench()
            bench.stopping = EarlyStopping(metric: "accuracy", patience: 1, minimumChange: 0.9)
            return bench
        }
        let search = try run(plan, store: store(), maker: patient())
        #expect(search.run(shouldStop: { false }, observe: { _ in }))
        #expect(search.trials.allSatisfy { !$0.isRemembered })
        let (best, training) = try #require(search.bestTraining(shouldStop: { false }))
        #expect(best.epochs == 8 && training.history.epochs.count < 8)
        let first = training.history.epochs[0].validationAccuracy
        #expect(best.score == first)
        let again = try run(plan, store: store(), maker: patient())
        #expect(again.run(shouldStop: { false }, observe: { _ in }))
        #expect(again.trials.map(\.scores) == search.trials.map(\.scores))
        #expect(again.trials.allSatisfy { $0.isRemembered })
    }

    @Test func anotherSearchKnowsNothingOfIt() throws {
        let store = try store()
        #expect(try run(plan(.random), store: store).run(shouldStop: { false }, observe: { _ in }))
        let other = try run(plan(.random, epochs: 1), store: store)
        #expect(other.run(shouldStop: { false }, observe: { _ in }))
        #expect(other.trials.allSatisfy { !$0.isRemembered })
        // Forgotten, the first begins anew.
        let plan = try plan(.random)
        try store.forgetSearch("\(plan)")
        let again = try run(plan, store: store)
        #expect(again.run(shouldStop: { false }, observe: { _ in }))
        #expect(again.trials.allSatisfy { !$0.isRemembered })
    }

    @Test func aStoreThatFailsIsReportedOnceAndStopsNothing() throws {
        let store = try store()
        let search = try run(plan(.random, trials: 3, epochs: 1), store: store)
        try store.write { try $0.execute(sql: "DROP TABLE measurement") }
        var reports = 0
        #expect(search.run(shouldStop: { false }) { event in if case .storeFailed = event { reports += 1 } })
        #expect(reports == 1 && search.trials.allSatisfy { $0.state == .finished })
    }

    @Test func trialsAreRuns() throws {
        let store = try store()
        #expect(try run(plan(.random, trials: 3), store: store).run(shouldStop: { false }, observe: { _ in }))
        let runs = try store.runs(newest: 9, withTrials: true)
        #expect(runs.map { $0.trial?.number } == [3, 2, 1])
        #expect(runs.allSatisfy { $0.epochs == 2 && $0.status == .finished })
        #expect(try store.runs(newest: 9, withTrials: false).isEmpty && store.trialCount() == 3)
    }
}

/// A choice of rates, the first of which diverges.
private final class HugeBench: TrialMaker {
    private(set) var prepared = 0

    func prepare(_ configuration: Configuration, seed: UInt64) throws(TrialFailure) -> PreparedTrial {
        prepared += 1
        let rate = configuration == [.choice(0)] ? 1e38 : 0.01
        let data = Bench.data
        let network = try? Network(
            name: "net", input: data.imageShape, layers: [Flatten(), Dense(units: 3)], initializer: .he,
            random: .init(seed: seed, name: "init"))
        guard let network,
            let trainer = try? Trainer(
                network, optimizer: SGD(rate: rate), dataset: data, batchSize: 16, seed: seed,
                workers: .init(threads: 1))
        else { throw TrialFailure(reason: "no model") }
        return PreparedTrial(trainer, settings: [])
    }

    func words(for configuration: Configuration) -> String { "\(configuration)" }
}
