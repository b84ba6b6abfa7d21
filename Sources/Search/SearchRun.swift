import Training

/// Runs a search: trains each configuration, keeps the better ones going, and remembers what was done in a run store,
/// so that the same search goes on where it was stopped or killed.
package final class SearchRun {
    package let plan: SearchPlan
    package let metric: Metric
    /// In the order of their numbers.
    package private(set) var trials: [Trial]
    private let maker: any TrialMaker
    private var log: SearchLog?
    /// Where each seed of each trial stands, while later rungs may go on from there: by trial, then by seed.
    private var states: [[TrainingState?]]
    /// The score of each seed of each trial that early stopping has ended: later rungs train it no further.
    private var finalScores: [[Double?]]

    /// `definition` says all that the results depend on, in words; without a store nothing is remembered.
    ///
    /// - Throws: `RunStoreError` if the store cannot be used.
    package init(
        _ plan: SearchPlan, metric: Metric, maker: any TrialMaker, store: RunStore?, definition: String
    ) throws(RunStoreError) {
        self.plan = plan
        self.metric = metric
        self.maker = maker
        trials = plan.configurations.enumerated().map {
            Trial(number: $0.offset + 1, configuration: $0.element)
        }
        states = trials.map { _ in Array(repeating: nil, count: plan.seeds) }
        finalScores = trials.map { _ in Array(repeating: nil, count: plan.seeds) }
        if let store { log = try SearchLog(store, definition: definition, metric: metric) }
    }

    /// Trains until all rungs are done, or until `shouldStop`, which is asked after each batch, says so; what is done
    /// then stays done. `observe` is told what happens, on the calling thread.
    ///
    /// - Returns: whether it came to its end.
    package func run(shouldStop: () -> Bool, observe: (SearchEvent) -> Void) -> Bool {
        let rungs = plan.rungs
        var contenders = Array(trials.indices)
        for (level, rung) in rungs.enumerated() {
            if level > 0 { contenders = drop(contenders, keeping: rung.trials) }
            var best: Trial?
            for index in contenders {
                guard train(index, to: rung.epochs, shouldStop, observe) else { return false }
                // No later rung needs the states of the last one, but whoever keeps the best does.
                if level == rungs.count - 1 { best = better(of: best, trials[index]) }
                observe(.advanced(trials[index]))
            }
        }
        return true
    }

    /// Nil as long as none has a score.
    package var best: Trial? { metric.ranked(trials).first { $0.score != nil } }

    /// The best trial, trained for as long as it was, by its first seed; nil if none has a score or `shouldStop` said so.
    package func bestTraining(shouldStop: () -> Bool) -> (trial: Trial, training: TrainingState)? {
        guard let best else { return nil }
        if let state = states[best.number - 1][0] { return (best, state) }
        // Known from an earlier call: the same seed gives the same bits.
        guard let trainer = try? maker.prepare(best.configuration, seed: plan.seed).trainer else {
            return nil
        }
        switch trainer.train(epochs: best.epochs, shouldStop: shouldStop).reason {
        case .finished, .stoppedEarly: return (best, trainer.state)
        case .stopped, .paused, .outOfBudget, .diverged, .unusableRate, .unreadable: return nil
        }
    }

    /// Forgets where the worse of the two stands.
    private func better(of best: Trial?, _ trial: Trial) -> Trial {
        guard let best else { return trial }
        let ranked = metric.ranked([best, trial])
        forget(ranked[1])
        return ranked[0]
    }

    private func forget(_ trial: Trial) {
        states[trial.number - 1] = Array(repeating: nil, count: plan.seeds)
    }

    private func drop(_ contenders: [Int], keeping count: Int) -> [Int] {
        let ranked = metric.ranked(contenders.map { trials[$0] }).filter { $0.score != nil }
        for trial in ranked.dropFirst(count) {
            trials[trial.number - 1].state = .droppedOut
            forget(trial)
        }
        return ranked.prefix(count).map { $0.number - 1 }.sorted()
    }

    // MARK: One trial

    /// Trains all seeds of a trial until each has had so many epochs; false if it was stopped.
    private func train(
        _ index: Int, to epochs: Int, _ shouldStop: () -> Bool, _ observe: (SearchEvent) -> Void
    ) -> Bool {
        var scores: [Double] = []
        var isRemembered = true
        for seed in 0..<plan.seeds {
            let outcome: Outcome
            if let score = finalScores[index][seed] {
                isRemembered = isRemembered && trials[index].isRemembered
                outcome = .scored(score)
            } else if let known = remembered(index, seed, epochs) {
                outcome = known
            } else {
                isRemembered = false
                outcome = train(index, seed, to: epochs, shouldStop, observe)
            }
            switch outcome {
            case .scored(let score): scores.append(score)
            case .ended(let state):
                trials[index].state = state
                return true
            case .stopped: return false
            }
        }
        trials[index].scores = scores
        trials[index].epochs = epochs
        trials[index].state = .finished
        trials[index].isRemembered = isRemembered
        return true
    }

    private enum Outcome {
        case scored(Double)
        /// Without a score: diverged or failed.
        case ended(Trial.State)
        case stopped
    }

    private func train(
        _ index: Int, _ seed: Int, to epochs: Int, _ shouldStop: () -> Bool,
        _ observe: (SearchEvent) -> Void
    ) -> Outcome {
        let trial = trials[index]
        let prepared: PreparedTrial
        do throws(TrialFailure) {
            prepared = try maker.prepare(trial.configuration, seed: plan.seed &+ UInt64(seed))
            guard !prepared.trainer.dataset.validation.isEmpty else {
                throw TrialFailure(reason: "no validation images to compare by")
            }
        } catch {
            // What it was made of may have been interrupted too.
            return shouldStop() ? .stopped : .ended(.failed(error.reason))
        }
        let trainer = prepared.trainer
        if let state = states[index][seed] {
            do {
                try trainer.restore(state)
            } catch {
                preconditionFailure("the same configuration makes the same model: \(error)")
            }
        } else {
            log?.begin(key(trial, seed), prepared)
        }
        let outcome = trainer.train(epochs: epochs - trainer.position.epoch, shouldStop: shouldStop) {
            event in
            if case .epochFinished(let record) = event { log?.append(record, key(trial, seed)) }
            observe(.trained(trial, seed: seed, event))
        }
        if let error = log?.failure {
            log = nil
            observe(.storeFailed(error))
        }
        switch outcome.reason {
        case .stopped, .paused, .outOfBudget:
            log?.finish(key(trial, seed), .stopped)
            return .stopped
        case .diverged:
            log?.finish(key(trial, seed), .diverged)
            return .ended(.diverged)
        case .unreadable(let error):
            log?.finish(key(trial, seed), .failed)
            return .ended(.failed(error.message))
        case .unusableRate(let rate):
            log?.finish(key(trial, seed), .failed)
            return .ended(.failed("the schedule gave a rate of \(rate)"))
        case .stoppedEarly(let stop):
            log?.finish(key(trial, seed), .finished, target: epochs, best: stop.epoch)
            states[index][seed] = trainer.state
            let outcome = score(of: trainer.history.epochs[stop.epoch - 1])
            if case .scored(let score) = outcome { finalScores[index][seed] = score }
            return outcome
        case .finished:
            log?.finish(key(trial, seed), .finished, target: epochs)
            states[index][seed] = trainer.state
            return score(of: trainer.history.epochs[trainer.history.epochs.count - 1])
        }
    }

    private func score(of epoch: EpochRecord) -> Outcome {
        epoch.validationMetrics[metric.name].map { .scored($0) }
            ?? .ended(.failed("`\(metric.name)` is not measured on this data"))
    }

    /// What an earlier call of the same search found out.
    private func remembered(_ index: Int, _ seed: Int, _ epochs: Int) -> Outcome? {
        guard states[index][seed] == nil, let known = log?.known(key(trials[index], seed)) else { return nil }
        if known.status == .diverged { return .ended(.diverged) }
        // One that was stopped early knows its end, but not how it stood before.
        let counted = known.best.map { known.scores.count <= epochs ? $0 : epochs } ?? epochs
        return known.scores.indices.contains(counted - 1) ? .scored(known.scores[counted - 1]) : nil
    }

    private func key(_ trial: Trial, _ seed: Int) -> SearchLog.Key {
        SearchLog.Key(
            number: trial.number, configuration: maker.words(for: trial.configuration),
            seed: plan.seed &+ UInt64(seed))
    }
}

/// What a search tells while it runs.
package enum SearchEvent {
    case trained(Trial, seed: Int, TrainingEvent)
    /// It has had the epochs of its rung, or cannot have them.
    case advanced(Trial)
    /// The search goes on, but what it finds is not remembered any more.
    case storeFailed(RunStoreError)
}
