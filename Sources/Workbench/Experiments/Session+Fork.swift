import CommandLanguage
import Training

extension Session {
    /// Runs each block from the state as it is, and comes back to it; unless `unchanged` is false one more arm trains on
    /// as it is, for as long as the longest of them.
    ///
    /// In progress `label` stands before the arm's name, and a quiet fork shows nothing else. `finished` is told of each
    /// arm.
    ///
    /// - Throws: what a block throws, `CommandInterruption` after Ctrl-C; the session is as it was then, too.
    func fork(
        _ blocks: [StatementBlock], unchanged: Bool, label: String = "", isQuiet: Bool = false,
        finished: (Arm) -> Void
    ) throws {
        guard let shell else { preconditionFailure("a session in which commands run has a shell") }
        try returning { base in
            var longest = (epochs: 0, steps: 0)
            for block in blocks {
                try adopt(base)
                let sink = LabelledSink(label + block.name, in: sink, isQuiet: isQuiet)
                let arm = try arm(block.name, label, from: base) { try shell.run(block, showing: sink) }
                longest = (max(longest.epochs, arm.epochs.count), max(longest.steps, arm.steps.count))
                finished(arm)
            }
            guard unchanged, base.model != nil else { return }
            try adopt(base)
            let screen = sink
            defer { sink = screen }
            sink = LabelledSink(label + Arm.unchangedName, in: screen, isQuiet: isQuiet)
            finished(try arm(Arm.unchangedName, label, from: base) { try goOn(longest) })
        }
    }

    /// Runs `body`, and goes back to the state as it is, to the bit, whatever it did. `undo` knows nothing of it, nor it
    /// of what can be undone.
    func returning(_ body: (SessionState) throws -> Void) throws {
        trainer?.rewind()
        let base = state
        let wasTrying = isTrying
        isTrying = true
        defer { isTrying = wasTrying }
        try snapshots.apart {
            do {
                try body(base)
            } catch {
                try adopt(base)
                throw error
            }
            try adopt(base)
        }
        settleSnapshots()
    }

    /// What `body` comes to.
    private func arm(
        _ name: String, _ label: String, from base: SessionState, _ body: () throws -> Void
    ) throws -> Arm {
        let remark = runs.remark
        runs.remark = "fork: \(label)\(name)"
        defer { runs.remark = remark }
        let start = ContinuousClock.now
        let watched = try withInstrumentsApart {
            try body()
            return instruments.watchList()
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let history = trainer?.history ?? RunHistory()
        // A model that was declared anew has a history of its own.
        let before = base.model.map { $0.training.history } ?? RunHistory()
        let goesOn = history.steps.starts(with: before.steps)
        let epochs = Array(history.epochs.dropFirst(goesOn ? before.epochs.count : 0))
        let metrics = try epochs.last?.validationMetrics ?? measureValidation()
        let end = snapshots.make(state)
        settleSnapshots()
        return Arm(
            name: name, epochs: epochs,
            steps: Array(history.steps.dropFirst(goesOn ? before.steps.count : 0)), metrics: metrics,
            seconds: seconds, settings: trainer.map(runSettings) ?? [], watched: watched, end: end)
    }

    private func measureValidation() throws -> [String: Double] {
        guard let trainer, !trainer.dataset.validation.isEmpty else { return [:] }
        let evaluation = try trainer.evaluate(
            trainer.dataset.validation, named: "validation", shouldStop: shouldStop)
        guard let evaluation else { throw CommandInterruption() }
        return evaluation.metrics
    }

    private func goOn(_ length: (epochs: Int, steps: Int)) throws {
        let position = try requireTrainer().position
        let goal: TrainingGoal =
            length.epochs > 0 ? .epoch(position.epoch + length.epochs) : .step(position.step + length.steps)
        _ = try train(to: goal, budget: nil)
    }
}
