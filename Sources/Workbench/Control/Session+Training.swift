import CommandLanguage
import Training

/// An end that training was to come to and did not.
struct UnfinishedTraining {
    let goal: TrainingGoal
    /// Of the model that was trained: another one has nothing to resume.
    weak var trainer: Trainer?
}

extension Session {
    /// Trains to an end or for `budget` seconds, with breakpoints and watches; remembers the end if it does not come to it.
    func train(
        _ trainer: Trainer, until goal: TrainingGoal, budget: Double? = nil,
        observe: (TrainingEvent) -> Void
    ) -> TrainingOutcome {
        prepareInstruments(for: trainer)
        unfinished = UnfinishedTraining(goal: goal, trainer: trainer)
        var estimate = Estimate(isWanted: isInteractive && budget == nil)
        let limits = TrainingLimits(
            deadline: budget.map { .now + .seconds($0) },
            inspector: instruments.isEmpty ? nil : instruments)
        let outcome = trainer.train(until: goal, within: limits, shouldStop: shouldStop) { event in
            if case .stepped(let report) = event {
                showFreshValues(atStep: report.step)
                if let line = estimate.line(after: report, watching: instruments.secondsSpent) { note(line) }
            }
            observe(event)
        }
        switch outcome.reason {
        case .finished, .stoppedEarly:
            unfinished = nil
            if case .epoch = goal { noteUnjudged() }
        default: break
        }
        return outcome
    }

    /// Says which breakpoints and watches have not had a value in all this time.
    private func noteUnjudged() {
        // What an arm of a fork watches is the session's concern, not the arm's.
        guard !isTrying else { return }
        let unjudged = instruments.unjudged
        for reason in unjudged.map(\.reason).uniqued {
            let titles = unjudged.filter { $0.reason == reason }.map(\.title).joined(separator: ", ")
            show(StyledText("\(titles) never had a value: \(reason)", .warning))
        }
    }

    /// Lets breakpoints and watches look at a step that was made by its parts: it has paused already.
    func inspectStep(of trainer: Trainer) {
        let isPause = !instruments.inspectStep(of: trainer).isEmpty
        if !instruments.fresh.isEmpty { note(instruments.freshLine(atStep: trainer.position.step)) }
        if isPause { show(instruments.hitLines(after: "this step would have paused training")) }
    }

    /// In a script a line; at a prompt they stand above the progress line.
    private func showFreshValues(atStep step: Int) {
        guard !isInteractive, !instruments.fresh.isEmpty else { return }
        note(instruments.freshLine(atStep: step))
    }
}
