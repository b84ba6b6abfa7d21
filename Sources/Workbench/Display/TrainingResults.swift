import CommandLanguage
import Diagnosis
import Networks
import Search
import Training

// What training says, as values that scripts read and lines that people read.

extension RunHistory {
    /// What `train -> name` keeps.
    func result(of outcome: TrainingOutcome, settings: [RunSetting]) -> Record {
        var result = Array(epochs[outcome.epochs]).result(steps: outcome.steps.count, settings: settings)
        result["ended"] = .text(outcome.reason.word)
        return result
    }

    /// A row for each epoch.
    var table: Table {
        let validated = ["loss", "accuracy", "iou"].filter { name in
            name != "iou" || epochs.contains { $0.validationMetrics[name] != nil }
        }
        let columns =
            ["epoch", "loss", "accuracy"] + validated.map { "val \($0)" } + ["rate", "seconds", "img/s"]
        return Table(
            columns: columns.map { .init($0, .right) },
            rows: epochs.map { epoch in
                let start: [StyledText] = [
                    StyledText("\(epoch.epoch)"), .decimal(epoch.trainLoss), .decimal(epoch.trainAccuracy),
                ]
                let metrics = validated.map { name -> StyledText in
                    epoch.validationMetrics[name].map { .decimal($0) } ?? ""
                }
                return start + metrics + [
                    .setting(Double(epoch.rate)), .decimal(epoch.seconds, digits: 1),
                    .grouped(Int(epoch.imagesPerSecond)),
                ]
            })
    }
}

extension [EpochRecord] {
    /// What scripts read of these epochs and the settings that they were trained with.
    func result(steps: Int, settings: [RunSetting]) -> Record {
        func list(_ number: (EpochRecord) -> Double?) -> Value {
            .list(compactMap { number($0).map(Value.number) })
        }
        var validation = Record(["loss": .list([]), "accuracy": .list([])])
        for metric in allMetrics where contains(where: { $0.validationMetrics[metric.name] != nil }) {
            validation[metric.name] = list { $0.validationMetrics[metric.name] }
        }
        return [
            "epochs": .number(Double(count)), "steps": .number(Double(steps)),
            "loss": list(\.trainLoss), "accuracy": list(\.trainAccuracy), "val": .record(validation),
            "rate": list { Double($0.rate) }, "seconds": .number(reduce(0) { $0 + $1.seconds }),
            "settings": .record(settings.record),
        ]
    }
}

extension [RunSetting] {
    var record: Record { reduce(into: Record()) { $0[$1.name] = .text($1.value) } }
}

extension TrainingOutcome.Reason {
    fileprivate var word: String {
        switch self {
        case .finished: "finished"
        case .stopped: "stopped"
        case .stoppedEarly: "stopped-early"
        case .unusableRate: "unusable-rate"
        case .diverged: "diverged"
        case .unreadable: "unreadable"
        case .paused: "paused"
        case .outOfBudget: "out-of-budget"
        }
    }
}

extension TrainingOutcome {
    /// `stopped in epoch 2, at 12 800 of 55 000 images (step 530)`
    var whereItStopped: StyledText { place(after: "stopped") }

    /// The same of a breakpoint.
    var whereItPaused: StyledText { place(after: "paused") }

    private func place(after verb: String) -> StyledText {
        let place =
            position.image == 0
            ? "after epoch \(position.epoch)"
            : "in epoch \(position.epoch + 1), at \(Figures.grouped(position.image)) of "
                + "\(Figures.grouped(imagesPerEpoch)) images"
        return StyledText("\(verb) \(place)", .strong)
            + " (step \(Figures.grouped(position.step)))"
    }
}

extension EarlyStop {
    /// Why training ended, and which weights there are now.
    var report: StyledText {
        StyledText("stopped early", .strong)
            + ": no better \(settings.metricName) for \(Figures.count(settings.patience, "epoch")). "
            + "The weights are those of epoch \(epoch), with \(Figures.decimal(value, digits: 4))."
    }
}

extension Divergence {
    /// Where NaN or infinity came up, and what to try.
    var report: StyledText {
        let what = quantity == .loss ? "the loss" : "a gradient"
        let origin = origin.map { ": first \($0)" } ?? ""
        return StyledText("paused at step \(Figures.grouped(step)) (epoch \(epoch))", .error)
            + ": \(what) is not a finite number\(origin).\n"
            + StyledText(
                "The weights are as they were before that step. Try a lower `rate`, or `init` and a lower rate.",
                .faint)
    }
}

extension Magnitudes {
    /// A row for each layer: the largest numbers of the step that was given up.
    var table: Table {
        func cell(_ number: Float?) -> StyledText {
            number.map { .brief(Double($0)) } ?? ""
        }
        return Table(
            title: "largest finite numbers of that step",
            columns: [
                .init("layer"), .init("weights", .right), .init("gradients", .right),
                .init("activations", .right),
                .init("not finite", .right),
            ],
            rows: rows.map { row in
                [
                    StyledText(row.layer), cell(row.parameters), cell(row.gradients), cell(row.activations),
                    .groupedUnlessZero(row.nonFiniteActivations),
                ]
            })
    }
}

extension TrainingEvent {
    /// The line that a front end draws over itself, in a `train` that ends with `lastEpoch`.
    func progress(until lastEpoch: Int) -> Progress? {
        switch self {
        case .validating(let epoch, let done, let count):
            Progress(
                label: "epoch \(epoch)/\(lastEpoch)", fraction: Double(done) / Double(count),
                figures: [.init("", "validating")])
        case .stepped(let report):
            Progress(
                label: "epoch \(report.epoch)/\(lastEpoch)", fraction: report.fraction,
                figures: [
                    .decimal("loss", report.epochLoss),
                    .decimal("acc", report.epochAccuracy),
                    .speed(report.imagesPerSecond),
                ], timeLeft: report.secondsLeft)
        case .epochFinished(let record):
            Progress(
                label: "epoch \(record.epoch)/\(lastEpoch)", fraction: 1,
                figures: [
                    .decimal("loss", record.trainLoss),
                    .decimal("acc", record.trainAccuracy),
                ] + (record.validationAccuracy.map { [.decimal("val", $0)] } ?? [])
                    + (record.validationMetrics["iou"].map { [.decimal("iou", $0)] } ?? [])
                    + [.speed(record.imagesPerSecond)],
                isFinished: true)
        }
    }
}

extension Progress.Figure {
    static func decimal(_ name: String, _ number: Double) -> Progress.Figure {
        Progress.Figure(name, Figures.decimal(number), number: number)
    }

    /// Images per second.
    static func speed(_ imagesPerSecond: Double) -> Progress.Figure {
        Progress.Figure("", Figures.grouped(Int(imagesPerSecond)) + " img/s", number: imagesPerSecond)
    }
}
