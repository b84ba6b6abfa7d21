import CommandLanguage
import Glibc
import Search

// What is said about runs that were kept.

extension [StoredRun] {
    /// A row for each run.
    var table: Table { table("note") { StyledText($0.note) } }

    /// A row for each run, which says of what search it is a trial.
    var trialTable: Table {
        table("search: trial; note") { run in
            let trial = run.trial.map { "\($0.search): \($0.configuration)" }
            return StyledText([trial ?? "", run.note].filter { !$0.isEmpty }.joined(separator: "; "))
        }
    }

    private func table(_ title: String, _ remark: (StoredRun) -> StyledText) -> Table {
        Table(
            columns: [
                // Aligned right, so that it does not wrap.
                .init("run", .right), .init("started", .right), .init("model"), .init("epochs", .right),
                .init("val accuracy", .right), .init("ended"), .init(title),
            ],
            rows: map { run in
                [
                    StyledText("\(run.id)"), StyledText(run.startedText), StyledText(run.model),
                    StyledText("\(run.epochs)"), run.last("val.accuracy"), run.statusText,
                    remark(run),
                ]
            })
    }
}

extension [String] {
    /// Each once, in the order of first appearance.
    var uniqued: [String] {
        reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }
}

extension StoredRun {
    /// `run 3: lenet, finished after 5 epochs, 2026-01-31 17:05`
    var headline: StyledText {
        var line =
            StyledText("run \(id)", .strong) + ": \(model), " + statusText
            + " after \(Figures.count(epochs, "epoch")), \(startedText)"
        if let trial {
            line = line + "; trial \(trial.number) of search \(trial.search): \(trial.configuration)"
        }
        return note.isEmpty ? line : line + "; \(note)"
    }

    var settingsTable: Table {
        Table(
            columns: [.init("setting"), .init("value")],
            rows: settings.map { [StyledText($0.name, .strong), StyledText($0.value)] })
    }

    private static let shownCurves = ["loss", "accuracy", "val.loss", "val.accuracy", "rate", "seconds"]

    /// A row for each epoch, a column for each of the usual curves.
    var curveTable: Table {
        let epochs = (curves["loss"] ?? []).map(\.epoch)
        let names = curveNames.filter(Self.shownCurves.contains)
        return Table(
            columns: [.init("epoch", .right)] + names.map { .init($0, .right) },
            rows: epochs.map { epoch in
                [StyledText("\(epoch)")]
                    + names.map { name in
                        let point = curves[name]?.first { $0.epoch == epoch }
                        return point.map { .measured($0.value, name) } ?? ""
                    }
            })
    }

    /// Where the other curves are.
    var otherCurves: StyledText? {
        let names = curveNames.filter { !Self.shownCurves.contains($0) }
        guard !names.isEmpty else { return nil }
        return StyledText("`compare` also draws \(names.joined(separator: ", "))", .faint)
    }

    /// What `runs show -> name` keeps.
    var result: Value {
        func list(_ name: String) -> Value { .list((curves[name] ?? []).map { .number($0.value) }) }
        var fields = Record(["status": .text(status.rawValue), "epochs": .number(Double(epochs))])
        fields["settings"] = .record(settings.record)
        fields["loss"] = list("loss")
        fields["accuracy"] = list("accuracy")
        let metrics = curveNames.filter { $0.hasPrefix("val.") }
        fields["val"] = .record(metrics.reduce(into: Record()) { $0[String($1.dropFirst(4))] = list($1) })
        return .record(fields)
    }

    fileprivate func last(_ curve: String) -> StyledText {
        curves[curve]?.last.map { .measured($0.value, curve) } ?? ""
    }

    fileprivate var statusText: StyledText {
        switch status {
        case .finished: StyledText(status.rawValue)
        case .unfinished, .stopped: StyledText(status.rawValue, .faint)
        case .diverged, .failed: StyledText(status.rawValue, .warning)
        }
    }

    fileprivate var startedText: String {
        var seconds = time_t(started)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let (year, month) = (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1)
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(year)-\(two(month))-\(two(Int(parts.tm_mday))) \(two(Int(parts.tm_hour))):\(two(Int(parts.tm_min)))"
    }
}

extension StyledText {
    /// With as many digits as such a curve needs.
    fileprivate static func measured(_ value: Double, _ curve: String) -> StyledText {
        switch curve {
        case "rate": setting(value)
        case "seconds": decimal(value, digits: 1)
        default: decimal(value)
        }
    }
}
