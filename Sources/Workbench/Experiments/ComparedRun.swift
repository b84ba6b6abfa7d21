import CommandLanguage
import Search

/// A run as it is put beside others: one of the run store, or a result that `-> name` kept.
struct ComparedRun {
    let name: String
    let settings: [RunSetting]
    /// By name, as `runs show` has them.
    let curves: [String: [CurvePoint]]

    init(_ run: StoredRun) {
        name = "run \(run.id)"
        settings = run.settings
        curves = run.curves
    }

    /// Nil if it is no result of `train`, nor an arm's.
    init?(_ record: Record, named name: String) {
        guard case .list? = record["loss"], case .record(let validation)? = record["val"] else { return nil }
        self.name = name
        if case .record(let settings)? = record["settings"] {
            self.settings = settings.names.map { RunSetting($0, settings[$0]?.formatted ?? "") }
        } else {
            settings = []
        }
        var curves: [String: [CurvePoint]] = [:]
        for name in ["loss", "accuracy", "rate"] { curves[name] = Self.curve(record[name]) }
        for name in validation.names { curves["val." + name] = Self.curve(validation[name]) }
        self.curves = curves
    }

    /// Nil if there is no point.
    private static func curve(_ value: Value?) -> [CurvePoint]? {
        guard case .list(let elements)? = value, !elements.isEmpty else { return nil }
        return elements.enumerated().compactMap { index, element in
            guard case .number(let number) = element else { return nil }
            return CurvePoint(epoch: index + 1, value: number)
        }
    }

    /// Finished epochs.
    var epochs: Int { curves["loss"]?.count ?? 0 }
}

extension [ComparedRun] {
    /// What the curves are called, in the order in which they are shown.
    var curveNames: [String] {
        let names = flatMap(\.curves.keys).uniqued
        return names.sorted { Self.rank($0) < Self.rank($1) }
    }

    private static func rank(_ name: String) -> String {
        let usual = ["loss", "accuracy", "val.loss", "val.accuracy"]
        return usual.firstIndex(of: name).map(String.init) ?? name
    }

    /// A row for each setting that is not the same in all, a column for each run.
    var differences: Table {
        let names = flatMap { $0.settings.map(\.name) }.uniqued
        let rows = names.compactMap { name -> [StyledText]? in
            let values = map { run in run.settings.first { $0.name == name }?.value ?? "" }
            guard Set(values).count > 1 else { return nil }
            return [StyledText(name, .strong)] + values.map { StyledText($0) }
        }
        return Table(
            columns: [.init("setting")] + map { .init($0.name) },
            rows: rows.isEmpty ? [["no setting differs"] + map { _ in "" }] : rows)
    }

    /// A row for each of the usual metrics, and one for the best validation accuracy; a column for each run.
    var metrics: Table {
        func row(_ name: String, _ value: (ComparedRun) -> Double?) -> [StyledText] {
            [StyledText(name, .strong)] + map { StyledText(value($0).map { Figures.decimal($0) } ?? "") }
        }
        let last = ["loss", "accuracy", "val.loss", "val.accuracy"].map { name in
            row(name) { $0.curves[name]?.last?.value }
        }
        let best = row("best val.accuracy") { $0.curves["val.accuracy"]?.map(\.value).max() }
        let epochs = [StyledText("epochs", .strong)] + map { StyledText("\($0.epochs)") }
        return Table(
            columns: [.init("after the last epoch")] + map { .init($0.name, .right) },
            rows: [epochs] + last + [best])
    }

    func chart(of curve: String) -> Chart {
        Chart(
            title: curve, xLabel: "epoch",
            series: map { run in
                Chart.Series(
                    run.name, (run.curves[curve] ?? []).map { Chart.Point(Double($0.epoch), $0.value) })
            })
    }
}
