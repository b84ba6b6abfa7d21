import CommandLanguage
import Training

let plotCommands: [Command<Session>] = [plot]

/// The curves that `plot` knows by name: each takes what it needs from the history.
private struct Curve: Sendable {
    let word: String
    let summary: String
    /// Whether its points are always steps.
    var isBySteps = false
    /// One for each line of the chart.
    let series: @Sendable (RunHistory, _ bySteps: Bool) -> [Chart.Series]
}

private let curves = [
    Curve(word: "loss", summary: "training and validation loss") { history, bySteps in
        bySteps
            ? [history.stepSeries("train", \.loss)]
            : [
                history.epochSeries("train", \.trainLoss),
                history.epochSeries("validation", \.validationLoss),
            ]
    },
    Curve(word: "accuracy", summary: "training and validation accuracy") { history, bySteps in
        bySteps
            ? [history.stepSeries("train", \.accuracy)]
            : [
                history.epochSeries("train", \.trainAccuracy),
                history.epochSeries("validation", \.validationAccuracy),
            ]
    },
    Curve(
        word: "gradient-norm", summary: "the length of each step's gradients before any clipping",
        isBySteps: true
    ) {
        history, _ in
        [history.stepSeries("gradient norm", \.gradientNorm)]
    },
    Curve(word: "rate", summary: "the learning rate of each step", isBySteps: true) { history, _ in
        [history.stepSeries("rate", \.rate)]
    },
]

/// Measured on validation images, and by their names only.
private let plainMetrics = allMetrics.filter { metric in !curves.contains { $0.word == metric.name } }

/// Everything that `plot` draws by name.
let curveWords: [Argument.Choice] =
    curves.map { .init($0.word, $0.summary) } + plainMetrics.map { .init($0.name, $0.summary) }
    + [
        .init("schedule", "the rates of the coming epochs"),
        .init("watched", "all that `watch` has recorded"),
    ]

private let plot = Command<Session>(
    Signature(
        "plot", "Draw curves: of the training so far, or of any lists of numbers.",
        details: """
            \(curves.map { "`\($0.word)`: \($0.summary)" }.joined(separator: "; ")); of the validation images also \
            \(plainMetrics.map { "`\($0.name)`" }.joined(separator: ", ")); `schedule`: the rates of the coming \
            `epochs`, before they are trained; `watched`: all that `watch` has recorded, or one of it as it was typed there: \
            `plot conv1.gradient.norm`. Lists, such as `$base.val.accuracy`, are drawn over their positions \
            from 1.

            `smooth=0.9` draws a running mean that begins without a bias, as TensorBoard's. Where there are more steps \
            than a screen has columns, and around a smoothed curve, a band goes from the least to the greatest of what a \
            point stands for; so it does with `band=true` around the mean of several lists, such as runs of several seeds.
            """,
        topic: "Looking", keywords: ["curve", "chart", "graph", "plateau", "stuck"],
        arguments: [
            Argument(
                "curves", .named(.curve, .either([.any, .measurement(example: "gradient.norm")])), .rest,
                "names of curves, or lists of numbers"),
            Argument(
                "by",
                .choice([.init("epoch", "a point for each epoch"), .init("step", "a point for each step")]),
                "what a point stands for", default: .text("epoch")),
            Argument(
                "smooth", .number(.within(0..<1)),
                "how much of the mean so far each point keeps: 0 draws what was measured", default: .number(0)
            ),
            Argument(
                "log",
                .choice([
                    .init("x", "the horizontal axis"), .init("y", "the vertical axis"), .init("both", "both"),
                ]), "which axes are logarithmic", isOptional: true),
            Argument(
                "band", .boolean, "draw lists as one curve, their mean, between their least and greatest",
                default: .boolean(false)),
            Argument(
                "epochs", .integer(1...100_000), "how many coming epochs `schedule` draws; 10 unless given",
                isOptional: true),
        ],
        examples: [
            .init("plot loss", setup: trainedSetup), .init("plot accuracy by=step", setup: trainedSetup),
            .init("plot $base.accuracy $base.val.accuracy", setup: trainedSetup), "plot [1, 4, 9, 16]",
            .init("plot loss by=step smooth=0.8 log=y", setup: trainedSetup),
            "plot [1, 2, 3] [2, 2, 5] band=true",
            .init("schedule cosine 30 warmup=3\nplot schedule epochs=33", setup: smallDataSetup),
        ])
) { call, session in
    for var chart in try charts(of: call, in: session) {
        let log = call.optionalText("log")
        chart.isLogarithmic = chart.isLogarithmic || log == "x" || log == "both"
        chart.isLogarithmicUpwards = log == "y" || log == "both"
        chart.series = chart.series.map { $0.smoothed(call.number("smooth")).thinned }
        session.sink?.show(.chart(chart))
    }
    return .nothing
}

/// One chart for each named curve, and one for all lists together.
private func charts(of call: Call, in session: Session) throws -> [Chart] {
    let bySteps = call.text("by") == "step"
    var charts: [Chart] = []
    var lists: [Chart.Series] = []
    if call.has("epochs"), !call.list("curves").contains(.text("schedule")) {
        throw Refusal.epochsWithoutSchedule
    }
    for (index, value) in call.list("curves").enumerated() {
        switch value {
        case .text("schedule"):
            charts.append(try session.scheduleChart(epochs: call.optionalInteger("epochs") ?? 10))
        case .text(let word):
            if let chart = session.instruments.chart(of: word) {
                charts.append(chart)
                continue
            }
            if let metric = plainMetrics.first(where: { $0.name == word }) {
                charts.append(try session.requireHistory().chart(of: metric))
                continue
            }
            guard let curve = curves.first(where: { $0.word == word }) else {
                if word == "watched"
                    || Formula(measuring: word)?.names.allSatisfy(session.isMeasurable) == true
                {
                    throw ControlRefusal.notWatched(word)
                }
                throw Refusal.unknownCurve(word, allowed: curveWords.map(\.word))
            }
            let history = try session.requireHistory()
            charts.append(
                Chart(
                    title: word, xLabel: bySteps || curve.isBySteps ? "step" : "epoch",
                    series: curve.series(history, bySteps).filter { !$0.points.isEmpty }))
        case .list(let values):
            lists.append(Chart.Series(call.source[call.elementSpans[index]], points(values)))
        default:
            throw Refusal.notACurve(value.kindName)
        }
    }
    if !lists.isEmpty {
        let series = call.boolean("band") ? [Chart.Series(meanOf: lists)] : lists
        charts.append(Chart(title: "", xLabel: "", series: series))
    }
    return charts
}

private func points(_ values: [Value]) -> [Chart.Point] {
    values.enumerated().map { index, value in
        guard case .number(let y) = value else { return Chart.Point(Double(index + 1), .nan) }
        return Chart.Point(Double(index + 1), y)
    }
}

extension RunHistory {
    fileprivate func chart(of metric: Metric) throws(Refusal) -> Chart {
        let series = epochSeries("validation") { $0.validationMetrics[metric.name] }
        guard !series.points.isEmpty else { throw .notMeasured(metric.name, metric.need) }
        return Chart(title: metric.name, xLabel: "epoch", series: [series])
    }

    fileprivate func epochSeries(_ name: String, _ value: (EpochRecord) -> Double?) -> Chart.Series {
        Chart.Series(
            name, epochs.compactMap { epoch in value(epoch).map { Chart.Point(Double(epoch.epoch), $0) } })
    }

    fileprivate func stepSeries(_ name: String, _ value: (StepRecord) -> Float) -> Chart.Series {
        Chart.Series(
            name, steps.enumerated().map { Chart.Point(Double($0.offset + 1), Double(value($0.element))) })
    }
}
