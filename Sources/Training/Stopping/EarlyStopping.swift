import Tensors

/// When to stop training because it gets no better, printed as what follows `early-stopping`.
package struct EarlyStopping: Hashable, Sendable, Codable, CustomStringConvertible {
    /// One of `EpochMetric.all`.
    package var metricName: String
    /// Epochs in a row without an improvement that end training.
    package var patience: Int
    /// What an improvement must be more than.
    package var minimumChange: Double

    package init(metric: String = "loss", patience: Int = 3, minimumChange: Double = 0) {
        metricName = metric
        self.patience = patience
        self.minimumChange = minimumChange
    }

    package var metric: EpochMetric? { EpochMetric.named(metricName) }

    private var settings: [Setting] {
        [
            Setting("metric", metricName, oneOf: EpochMetric.all.map(\.name)),
            Setting("patience", patience, in: 1...Warmup.longest, "epochs"),
            Setting("min-change", minimumChange, .nonNegative, usual: 0),
        ]
    }

    /// - Throws: `TrainingError.setting` for a number out of its range.
    package func check() throws(TrainingError) { try settings.check() }

    package var description: String { settings.line }

    /// Whether `value` improves on `best`; NaN never does.
    func isBetter(_ value: Double, than best: Double) -> Bool {
        metric?.isHigherBetter == true ? value > best + minimumChange : value < best - minimumChange
    }
}
