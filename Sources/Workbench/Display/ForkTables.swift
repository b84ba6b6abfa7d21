import CommandLanguage
import Search
import Training

// What forks say.

extension [Arm] {
    /// A row for each arm.
    var table: Table {
        let base = unchanged?.metrics["accuracy"]
        func cell(_ number: Double?) -> StyledText { StyledText(number.map { Figures.decimal($0) } ?? "") }
        let comparison = base == nil ? [] : [Table.Column("to unchanged", .right)]
        return Table(
            columns: [
                .init("arm"), .init("trained", .right), .init("loss", .right), .init("val loss", .right),
                .init("val accuracy", .right),
            ] + comparison + [.init("seconds", .right)],
            rows: map { arm in
                let accuracy = arm.metrics["accuracy"]
                let difference = base.map { base in
                    StyledText(
                        arm.name == Arm.unchangedName ? "" : accuracy.map { Figures.signed($0 - base) } ?? "")
                }
                return [
                    StyledText(arm.name, .strong), StyledText(arm.length), cell(arm.loss),
                    cell(arm.metrics["loss"]), cell(accuracy),
                ] + [difference].compactMap(\.self) + [StyledText(Figures.decimal(arm.seconds, digits: 1))]
            })
    }

    /// Validation accuracy by epoch, or the training loss by step of arms that finished no two epochs; nil if there is
    /// no curve.
    var chart: Chart? {
        if contains(where: { $0.epochs.count > 1 && $0.epochs[0].validationAccuracy != nil }) {
            return Chart(
                title: "val accuracy", xLabel: "epoch",
                series: map { arm in
                    Chart.Series(
                        arm.name,
                        arm.epochs.compactMap { epoch in
                            epoch.validationAccuracy.map { Chart.Point(Double(epoch.epoch), $0) }
                        })
                })
        }
        guard contains(where: { $0.steps.count > 1 }) else { return nil }
        return Chart(
            title: "loss", xLabel: "step",
            series: map { arm in
                Chart.Series(
                    arm.name,
                    arm.steps.enumerated().map { Chart.Point(Double($0.offset + 1), Double($0.element.loss)) }
                )
            })
    }
}

extension SeededFork {
    /// So many seeds have a column of their own.
    private static let mostColumns = 6

    /// A row for each arm: the validation accuracy at its end, as the mean over the seeds.
    var table: Table {
        let hasUnchanged = arms.first?.unchanged != nil
        return Table(
            title: "val accuracy",
            columns: [.init("arm"), .init("trained", .right), .init("mean", .right)]
                + (hasUnchanged ? [.init("to unchanged", .right), .init("95 % interval", .right)] : []),
            rows: byArm.map { column in
                let known = column.compactMap { $0.metrics["accuracy"] }
                let difference = difference(to: column)
                let comparison: [StyledText] = [
                    StyledText(difference.map { Figures.signed($0.mean) } ?? ""),
                    StyledText(
                        difference?.interval.map {
                            "\(Figures.signed($0.lowerBound)) to \(Figures.signed($0.upperBound))"
                        } ?? ""),
                ]
                return [
                    StyledText(column[0].name, .strong), StyledText(column[0].length),
                    known.isEmpty ? "" : .decimal(PairedDifference(known).mean),
                ] + (hasUnchanged ? comparison : [])
            })
    }

    /// The same of each seed; nil of one seed, or of more than a screen is wide.
    var seedTable: Table? {
        guard (2...Self.mostColumns).contains(arms.count) else { return nil }
        return Table(
            columns: [.init("arm")] + seeds.prefix(arms.count).map { .init("seed \($0)", .right) },
            rows: byArm.map { column in
                [StyledText(column[0].name, .strong)]
                    + column.map { arm in arm.metrics["accuracy"].map { .decimal($0) } ?? "" }
            })
    }

    /// Of an arm's validation accuracy to that of the arm that goes on as before, seed by seed.
    private func difference(to column: [Arm]) -> PairedDifference? {
        guard column[0].name != Arm.unchangedName else { return nil }
        let differences = zip(column, arms).compactMap { arm, others -> Double? in
            guard let accuracy = arm.metrics["accuracy"], let base = others.unchanged?.metrics["accuracy"]
            else { return nil }
            return accuracy - base
        }
        return differences.isEmpty ? nil : PairedDifference(differences)
    }

    /// The mean validation accuracy by epoch; nil if there is no curve.
    var chart: Chart? {
        let series = byArm.map { column in
            let curves = column.map { $0.epochs.compactMap(\.validationAccuracy) }
            let count = curves.map(\.count).min() ?? 0
            return Chart.Series(
                column[0].name,
                (0..<count).map { index in
                    Chart.Point(
                        Double(column[0].epochs[index].epoch), PairedDifference(curves.map { $0[index] }).mean
                    )
                })
        }
        guard series.contains(where: { $0.points.count > 1 }) else { return nil }
        return Chart(title: "val accuracy, mean over seeds", xLabel: "epoch", series: series)
    }
}
