import CommandLanguage
import Search
import Training

extension Session {
    /// Trials in the table that is drawn over itself.
    private static let liveRows = 10

    /// A search that is remembered, if there is a run store that works.
    func makeSearch(
        _ plan: SearchPlan, _ metric: Metric, _ bench: TrialBench, definition: String, resuming: Bool
    ) throws -> SearchRun {
        if !runs.isOff {
            do {
                let store = try runs.open()
                if !resuming { try store.forgetSearch(definition) }
                return try SearchRun(plan, metric: metric, maker: bench, store: store, definition: definition)
            } catch {
                complain(error)
            }
        }
        return try SearchRun(plan, metric: metric, maker: bench, store: nil, definition: definition)
    }

    /// Runs it, shows its table as it grows and its best trial in the end; after `budget` seconds what there is counts.
    func carryOut(
        _ run: SearchRun, _ bench: TrialBench, keepsBest: Bool, budget: Double? = nil
    ) throws -> Value {
        let deadline = budget.map { ContinuousClock.now + .seconds($0) }
        func isOutOfTime() -> Bool { deadline.map { .now >= $0 } ?? false }
        // Made anew only when it changes: steps are many.
        var table = run.table(bench.block, rows: Self.liveRows)
        let isComplete = run.run(shouldStop: { shouldStop() || isOutOfTime() }) { event in
            switch event {
            case .trained(let trial, _, let event):
                if var progress = event.progress(of: trial, in: run) {
                    progress.table = table
                    show(progress)
                }
            case .advanced(let trial):
                table = run.table(bench.block, rows: Self.liveRows)
                var progress = run.progress(after: trial, bench.block)
                progress.table = table
                show(progress)
            case .storeFailed(let error): complain(error)
            }
        }
        show(run.table(bench.block))
        guard let best = run.best else {
            show(
                StyledText(
                    isComplete ? "no trial has a score" : "stopped before a trial had a score", .warning))
            if !isComplete, !isOutOfTime() { throw CommandInterruption() }
            return run.result(bench.block, script: "")
        }
        let script = try bench.script(of: best, plan: run.plan)
        show(StyledText("best: trial \(best.number)", .strong) + ", which is\n" + StyledText(script, .code))
        let result = run.result(bench.block, script: script)
        if !isComplete {
            let reason = isOutOfTime() ? "the budget is used up" : "stopped"
            show(runs.isOff ? "\(reason)" : "\(reason): the same search goes on from here")
            guard isOutOfTime() else { throw CommandInterruption(keeping: result) }
        }
        if keepsBest {
            guard let (_, training) = run.bestTraining(shouldStop: shouldStop) else {
                throw CommandInterruption(keeping: result)
            }
            try bench.adopt(best.configuration, training)
            note("the session goes on with trial \(best.number)")
        }
        return result
    }
}

extension TrialBench {
    /// All that a search's results depend on, in words.
    func definition(of plan: SearchPlan, metric: Metric) -> String {
        let dimensions = block.entries.map { "\($0.dimension.name) = \($0.dimension.domain)" }
        let images = [dataset.train, dataset.validation].map(\.count)
        return """
            \(plan.strategy.rawValue) \(dimensions) trials=\(plan.trials ?? 0) epochs=\(plan.epochs) \
            factor=\(plan.factor) metric=\(metric.name) images=\(images)
            \(session.declarations.script(seed: plan.seed))
            """
    }

    /// What declares a trial, and trains it.
    func script(of trial: Trial, plan: SearchPlan) throws -> String {
        let declared = try declare(trial.configuration, seed: plan.seed)
        return declared.declarations.script(seed: plan.seed) + "\ntrain \(trial.epochs)"
    }
}
