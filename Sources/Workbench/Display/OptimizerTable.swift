import CommandLanguage
import Diagnosis

extension OptimizerStatistics {
    /// A row for each parameter.
    var table: Table {
        let names = slotNames.map { $0.replacing("_", with: " ") }
        let isMeasured = rows.contains { $0.meanChange != nil }
        return Table(
            columns: [.init("parameter"), .init("updates", .right)] + names.map { .init($0, .right) }
                + (names.isEmpty ? [] : [.init("memory", .right)])
                + (isMeasured ? [.init("change", .right), .init("of rate", .right)] : []),
            rows: rows.map { row in
                let changes: [StyledText] = [
                    row.meanChange.map { .brief($0) } ?? "",
                    row.meanChange.flatMap { rate > 0 ? .brief($0 / rate) : nil } ?? "",
                ]
                return [StyledText(row.parameter), .grouped(row.updates)] + row.slotNorms.map { .brief($0) }
                    + (names.isEmpty ? [] : [.bytes(row.bytes)]) + (isMeasured ? changes : [])
            })
    }
}

extension Session {
    /// `adam rate=0.001: next rate 0.0005 (cosine 10), remembers 12 kB`
    func optimizerLine(_ statistics: OptimizerStatistics) -> StyledText {
        let memory =
            statistics.slotNames.isEmpty
            ? "remembers nothing" : "remembers \(Figures.bytes(statistics.bytes))"
        return StyledText("\(settings.optimizer)", .strong)
            + ": next rate \(Figures.setting(statistics.rate)) (\(settings.schedule)), \(memory)"
    }
}
