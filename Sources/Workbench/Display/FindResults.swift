import CommandLanguage
import Foundation
import Search

// What the finders of rates and batch sizes say.

extension RateFinding {
    /// The loss over the rate, both sweeps.
    var chart: Chart {
        func series(_ name: String, _ curve: RateCurve) -> Chart.Series {
            Chart.Series(
                name, zip(curve.rates, curve.losses).prefix(curve.calmCount).map { Chart.Point($0, $1) })
        }
        return Chart(
            title: "loss", xLabel: "rate", isLogarithmic: true,
            series: [series("wide", broad)] + (fine.map { [series("fine", $0)] } ?? []))
    }

    /// Which rates, and why.
    var advice: StyledText {
        guard let suggestion else {
            return StyledText("no rate lowers the loss", .strong)
                + " by more than it varies: more `steps`, or other rates `from` and `to`"
        }
        let (low, high) = (Figures.rate(suggestion.low), Figures.rate(suggestion.high))
        return StyledText("rates worth trying: \(low)..\(high)", .strong)
            + """
            : the loss begins to fall at \(Figures.rate(suggestion.start)), falls fastest at \
            \(Figures.rate(suggestion.steepest)), and is lowest at \(Figures.rate(suggestion.lowest)); a tenth of \
            that keeps clear of exploding
            """
    }

    /// What `rate find -> name` keeps.
    var result: Value {
        func number(_ path: KeyPath<Suggestion, Double>) -> Value {
            suggestion.map { .number($0[keyPath: path]) } ?? .nothing
        }
        let curve = fine ?? broad
        return .record([
            "low": number(\.low), "high": number(\.high), "steepest": number(\.steepest),
            "lowest": number(\.lowest), "rates": .list(curve.rates.map(Value.number)),
            "losses": .list(curve.losses.map(Value.number)),
        ])
    }
}

extension BatchFinding {
    /// A row for each size.
    var table: Table {
        Table(
            columns: ["batch", "img/s", "MiB"].map { .init($0, .right) },
            rows: measurements.map { measurement in
                [
                    StyledText("\(measurement.size)"), .grouped(Int(measurement.imagesPerSecond)),
                    .decimal(Double(measurement.memory) / 1_048_576, digits: 1),
                ]
            })
    }

    /// Which size, and why it ended.
    var advice: StyledText {
        guard let suggestion else { return StyledText("not even one batch fits into memory", .warning) }
        let reason =
            switch end {
            case .memory: "the next size does not fit into memory"
            case .noGain: "larger ones gain nothing"
            case .largest: "larger ones were not to be tried"
            case .images: "larger ones would be more than there are images"
            }
        return StyledText("batch \(suggestion.size)", .strong)
            + " is the smallest within 5 % of the fastest; \(reason)"
    }

    /// What `batch find -> name` keeps.
    var result: Value {
        .record([
            "size": suggestion.map { .number(Double($0.size)) } ?? .nothing,
            "sizes": .list(measurements.map { .number(Double($0.size)) }),
            "speeds": .list(measurements.map { .number($0.imagesPerSecond) }),
            "memory": .list(measurements.map { .number(Double($0.memory)) }),
        ])
    }
}

extension Figures {
    /// `0.0032`: a rate that was found; two digits are all that its noise allows.
    fileprivate static func rate(_ rate: Double) -> String {
        (Double(String(format: "%.1e", rate)) ?? rate).literal
    }
}
