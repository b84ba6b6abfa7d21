import CommandLanguage
import Diagnosis
import Tensors

extension Statistics {
    /// A row for each tensor, with its histogram.
    var table: Table {
        let figures = figures.filter { figure in rows.contains { figure.cell($0) != nil } }
        return Table(
            title: imageCount.map { "\(subject.rawValue) of \(Figures.count($0, "image"))" },
            columns: [.init("tensor"), .init("shape")]
                + (figures.map(\.name) + ["spread"]).map { .init($0, .right) },
            rows: rows.map { row in
                let isAlarming = row.findings.contains { $0.isAlarm }
                return [
                    StyledText(row.name, isAlarming ? .strong : .plain), StyledText("\(shape(of: row))"),
                ] + figures.map { $0.cell(row) ?? "" } + [.bars(row.histogram)]
            })
    }

    /// A column, left out where no row has such a number.
    private struct Figure {
        let name: String
        let cell: (Row) -> StyledText?

        init(_ name: String, _ cell: @escaping (Row) -> StyledText?) {
            self.name = name
            self.cell = cell
        }
    }

    /// All rows must fit into 80 columns; the mean and the zeros of an update say little.
    private var figures: [Figure] {
        let size = [
            Figure("std") { .brief($0.summary.deviation) },
            Figure("from") { row in row.summary.range.map { .tight(Double($0.lowerBound)) } },
            Figure("to") { row in row.summary.range.map { .tight(Double($0.upperBound)) } },
            Figure("norm") { .brief($0.summary.norm) },
        ]
        if subject == .updates { return size + [Figure("change") { row in row.ratio.map { .brief($0) } }] }
        return [Figure("mean") { .tight($0.summary.mean) }] + size + [
            Figure("zeros") { $0.summary.zeros > 0 ? .percent($0.summary.zeroShare) : nil },
            Figure("dead") { row in
                row.dead.map { StyledText("\($0.units)/\($0.all)", value: .number(Double($0.units))) }
            },
            Figure("flat") { row in row.saturation.map { .percent($0) } },
            Figure("not finite") { $0.summary.nonFinite > 0 ? .grouped($0.summary.nonFinite) : nil },
        ]
    }

    /// Of activations that of one image: all have as many.
    private func shape(of row: Row) -> Shape {
        subject == .activations ? Shape(Array(row.shape.extents.dropFirst())) : row.shape
    }

    private var imageCount: Int? { subject == .activations ? rows.first?.shape[0] : nil }

    /// A line for each finding, the alarms marked; one line if there is none; then what is healthy, and who says so.
    var notes: StyledText { findingLines + StyledText("\nhealthy: " + healthy, .faint) }

    private var findingLines: StyledText {
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
                    "std": .number(row.summary.deviation), "norm": .number(row.summary.norm),
                    "from": number(row.summary.range.map { Double($0.lowerBound) }),
                    "to": number(row.summary.range.map { Double($0.upperBound) }),
                    "zeros": .number(row.summary.zeroShare),
                    "dead": number(row.dead?.share), "flat": number(row.saturation),
                    "notfinite": .number(Double(row.summary.nonFinite)), "change": number(row.ratio),
                    "findings": .number(Double(row.findings.count)),
                ])
            })
    }
}

extension Statistics {
    /// The range of healthy numbers, with its source.
    private var healthy: String {
        let changes = HealthyRange.updateRatio
        switch subject {
        case .weights: return "finite, and not all numbers of a weight the same"
        case .gradients:
            return "the first layer's norm from \(Figures.setting(HealthyRange.vanishingRatio)) to "
                + "\(Figures.setting(HealthyRange.explodingRatio)) times the last's (AutoTrainer, 2021)"
        case .updates:
            return
                "change from \(Figures.setting(changes.lowerBound)) to \(Figures.setting(changes.upperBound)) "
                + "(TheDeepChecker, 2022), 0.001 as a rule (CS231n)"
        case .activations:
            let parts = [
                rows.contains { $0.dead != nil }
                    ? "below \(Figures.percent(HealthyRange.alarmingDeadShare)) dead (TheDeepChecker, 2022)"
                    : nil,
                rows.contains { $0.saturation != nil }
                    ? "below \(Figures.percent(HealthyRange.saturatedShare)) flat (DeepDiagnosis, 2022)"
                    : nil,
            ]
            return (["finite"] + parts.compactMap(\.self)).joined(separator: ", ")
        }
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
        case .dead(let dead):
            "\(dead.units) of \(Figures.count(dead.all, "unit")) gave nothing for any of \(Figures.grouped(dead.images)) images "
                + "(healthy: below \(Figures.percent(HealthyRange.alarmingDeadShare))): a lower `rate`, `init he`"
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
