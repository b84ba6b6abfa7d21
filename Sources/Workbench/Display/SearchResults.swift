import CommandLanguage
import Search
import Training

// What a search shows while it runs and in the end.

extension SearchRun {
    /// The trials that have begun, best first.
    func table(_ block: SearchBlock, rows: Int = .max) -> Table {
        let begun = metric.ranked(trials).filter { $0.state != .waiting || $0.epochs > 0 }
        return Table(
            columns: [.init("trial", .right)] + block.dimensions.map { .init($0.name, .right) }
                + [.init(metric.name, .right), .init("epochs", .right), .init("")],
            rows: begun.prefix(rows).map { trial in
                let values = zip(block.entries, trial.configuration).map {
                    StyledText($0.value($1).formatted, value: $0.value($1))
                }
                return [StyledText("\(trial.number)")] + values + [
                    trial.score.map { .decimal($0) } ?? "", StyledText("\(trial.epochs)"),
                    trial.remark,
                ]
            })
    }

    /// What `search -> name` keeps.
    func result(_ block: SearchBlock, script: String) -> Value {
        var values = Record()
        if let best {
            for (entry, value) in zip(block.entries, best.configuration) {
                values[entry.dimension.name] = entry.value(value)
            }
        }
        let scores = trials.map(\.score)
        return .record([
            "best": .record(values), "score": best?.score.map(Value.number) ?? .nothing,
            "trials": .number(Double(scores.count { $0 != nil })),
            "scores": .list(scores.map { $0.map(Value.number) ?? .nothing }), "script": .text(script),
        ])
    }

    /// The line that stays when a trial has had its epochs, where the table cannot be drawn over.
    func progress(after trial: Trial, _ block: SearchBlock) -> Progress {
        let values = zip(block.entries, trial.configuration).map {
            Progress.Figure($0.dimension.name, $0.value($1).formatted)
        }
        let score = trial.score.map { Progress.Figure.decimal(metric.name, $0) }
        return Progress(
            label: label(trial), fraction: Double(trial.number) / Double(trials.count),
            figures: [score ?? Progress.Figure("", trial.remark.plain)] + values, isFinished: true)
    }

    fileprivate func label(_ trial: Trial) -> String { "trial \(trial.number)/\(trials.count)" }
}

extension Trial {
    /// What the table says beside its score.
    fileprivate var remark: StyledText {
        switch state {
        case .waiting, .finished: isRemembered ? StyledText("from an earlier run", .faint) : ""
        case .droppedOut: StyledText("dropped out", .faint)
        case .diverged: StyledText("diverged", .warning)
        case .failed(let reason): StyledText(reason, .warning)
        }
    }
}

extension TrainingEvent {
    /// The line below a search's table while a trial is trained.
    func progress(of trial: Trial, in run: SearchRun) -> Progress? {
        guard case .stepped(let report) = self else { return nil }
        return Progress(
            label: run.label(trial), fraction: report.fraction,
            figures: [
                .init("epoch", "\(report.epoch)/\(report.lastEpoch)"),
                .decimal("loss", report.epochLoss),
                .speed(report.imagesPerSecond),
            ])
    }
}
