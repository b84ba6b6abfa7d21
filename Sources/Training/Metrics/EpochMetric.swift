/// A number of each finished epoch that early stopping and schedules can follow: a metric of the validation images,
/// or what training itself measured.
package struct EpochMetric: Sendable {
    package let name: String
    /// A noun phrase.
    package let summary: String
    package let isHigherBetter: Bool
    /// What there has to be in validation images; nil if none are needed.
    let validationNeed: MetricNeed?
    /// Nil if it was not measured.
    let value: @Sendable (EpochRecord) -> Double?

    package static let all: [EpochMetric] =
        allMetrics.map { metric in
            EpochMetric(
                name: metric.name, summary: metric.summary,
                isHigherBetter: metric.direction == .higherIsBetter, validationNeed: metric.need
            ) { $0.validationMetrics[metric.name] }
        } + [
            EpochMetric(
                name: "train-loss", summary: "mean loss of the images as they were trained on",
                isHigherBetter: false, validationNeed: nil
            ) { $0.trainLoss },
            EpochMetric(
                name: "train-accuracy", summary: "share of them that it got right", isHigherBetter: true,
                validationNeed: nil
            ) { $0.trainAccuracy },
        ]

    package static func named(_ name: String) -> EpochMetric? { all.first { $0.name == name } }

    /// How a choice among them is checked and printed.
    static func setting(_ name: String) -> Setting {
        Setting("metric", name, oneOf: all.map(\.name), usual: "loss")
    }
}
