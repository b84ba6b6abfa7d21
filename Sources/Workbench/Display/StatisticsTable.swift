import CommandLanguage
import Diagnosis
import Tensors

extension Statistics {
    /// A row for each tensor, with its histogram.
    var table: Table {
        let isChange = subject == .updates
        // All rows must fit into 80 columns; the mean of an update says little.
        let figures =
            (isChange ? [] : ["mean"]) + ["deviation", "from", "to", "norm", isChange ? "change" : "zeros"]
        return Table(
            columns: [.init("tensor"), .init("shape")] + (figures + ["spread"]).map { .init($0, .right) },
            rows: rows.map { row in
                let summary = row.summary
                let cells =
                    ["\(row.shape)"] + (isChange ? [] : [Figures.brief(summary.mean)])
                    + [
                        Figures.brief(summary.deviation),
                        summary.range.map { Figures.brief(Double($0.lowerBound)) } ?? "",
                        summary.range.map { Figures.brief(Double($0.upperBound)) } ?? "",
                        Figures.brief(summary.norm),
                        isChange
                            ? row.ratio.map(Figures.brief) ?? ""
                            : summary.zeros > 0 ? Figures.percent(summary.zeroShare) : "",
                    ]
                let isAlarming = row.findings.contains { $0.isAlarm }
                return [StyledText(row.name, isAlarming ? .strong : .plain)] + cells.map { StyledText($0) }
                    + [.bars(row.histogram)]
            })
    }

    /// A line for each finding, the alarms marked; one line if there is none.
    var notes: StyledText {
        let lines = rows.flatMap { row in
            row.findings.map { finding in
                StyledText(finding.isAlarm ? "! " : "- ", finding.isAlarm ? .error : .warning)
                    + StyledText(row.name, .strong) + ": \(finding)"
            }
        }
        guard let first = lines.first else {
            return StyledText("nothing unusual in the \(subject.rawValue)", .faint)
        }
        return lines.dropFirst().reduce(first) { $0 + "\n" + $1 }
    }

    /// What `stats -> name` keeps.
    var result: Value {
        func number(_ value: Double?) -> Value { value.map(Value.number) ?? .nothing }
        return .list(
            rows.map { row in
                .record([
                    "name": .text(row.name), "mean": .number(row.summary.mean),
                    "deviation": .number(row.summary.deviation), "norm": .number(row.summary.norm),
                    "from": number(row.summary.range.map { Double($0.lowerBound) }),
                    "to": number(row.summary.range.map { Double($0.upperBound) }),
                    "zeros": .number(row.summary.zeroShare),
                    "notfinite": .number(Double(row.summary.nonFinite)), "change": number(row.ratio),
                    "findings": .number(Double(row.findings.count)),
                ])
            })
    }
}

extension Finding: CustomStringConvertible {
    /// What was found, and what is healthy.
    package var description: String {
        switch self {
        case .notFinite(let count):
            "\(Figures.count(count, "number")) NaN or infinite: a lower `rate` or clipping"
        case .allEqual: "all numbers are the same, so its units learn the same: `init he`"
        case .allZero: "all numbers are 0: nothing is learned there"
        case .vanishing(let ratio):
            "the gradient has shrunk to \(Figures.brief(ratio)) of the last layer's (healthy: above "
                + "\(Figures.brief(HealthyRange.vanishingRatio))): relu, `init he`, batchnorm or a residual block"
        case .exploding(let ratio):
            "the gradient is \(Figures.brief(ratio)) times the last layer's (healthy: below "
                + "\(Figures.brief(HealthyRange.explodingRatio))): a lower `rate`, batchnorm"
        case .dead(let units, let all, let images):
            "\(units) of \(Figures.count(all, "unit")) gave nothing for any of \(Figures.grouped(images)) images "
                + "(healthy: below \(Figures.percent(HealthyRange.deadShare))): a lower `rate`, `init he`"
        case .saturated(let share):
            "\(Figures.percent(share)) of its outputs lie where the curve is flat (healthy: below "
                + "\(Figures.percent(HealthyRange.saturatedShare))): relu, `init xavier`, batchnorm"
        case .slowUpdate(let ratio):
            "one step changes it by \(Figures.brief(ratio)) of its size (usual: "
                + "\(Figures.brief(HealthyRange.updateRatio.lowerBound)) to "
                + "\(Figures.brief(HealthyRange.updateRatio.upperBound))): a higher `rate`"
        case .fastUpdate(let ratio):
            "one step changes it by \(Figures.brief(ratio)) of its size (usual: "
                + "\(Figures.brief(HealthyRange.updateRatio.lowerBound)) to "
                + "\(Figures.brief(HealthyRange.updateRatio.upperBound))): a lower `rate`"
        }
    }
}
