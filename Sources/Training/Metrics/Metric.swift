import Networks

/// A number that says how well a network does on a set, by a name that scripts, early stopping and schedules use.
///
/// Adding one is a line in `allMetrics`.
package struct Metric: Sendable {
    package enum Direction: Hashable, Sendable {
        case lowerIsBetter
        case higherIsBetter
    }

    package let name: String
    /// A noun phrase: `mean loss`.
    package let summary: String
    package let direction: Direction
    package let need: MetricNeed
    /// Nil if it is not defined for such labels.
    private let measure: @Sendable (Evaluation) -> Double?

    init(
        _ name: String, _ summary: String, _ direction: Direction = .higherIsBetter,
        needs need: MetricNeed = .nothing, measure: @escaping @Sendable (Evaluation) -> Double?
    ) {
        self.name = name
        self.summary = summary
        self.direction = direction
        self.need = need
        self.measure = measure
    }

    /// Nil if the evaluation has not what it needs, or if it is not defined for such labels.
    package func value(of evaluation: Evaluation) -> Double? {
        need.isMet(by: evaluation) ? measure(evaluation) : nil
    }

    /// Whether `value` is better than `other`; NaN never is.
    package func isBetter(_ value: Double, than other: Double) -> Bool {
        direction == .lowerIsBetter ? value < other : value > other
    }
}

/// Every metric there is, in the order in which they are shown. All but the loss lie in 0...1.
///
/// Means over classes leave out those for which a metric is not defined, as scikit-learn's macro averages do.
package let allMetrics: [Metric] = [
    Metric("loss", "mean loss", .lowerIsBetter) { $0.loss },
    Metric("accuracy", "share of labels that have the largest output") { $0.accuracy },
    Metric("top5", "share of labels that are among the five largest outputs", needs: .classes(moreThan: 5)) {
        $0.topAccuracy(5)
    },
    Metric("balanced", "balanced accuracy: the classes' accuracies, mean") {
        $0.classAccuracies.meanOfDefined
    },
    Metric("f1", "harmonic mean of precision and recall, mean over the classes", needs: .imageLabels) {
        $0.classF1s.meanOfDefined
    },
    Metric("auc", "area under the ROC curve of each class against all others, mean", needs: .imageLabels) {
        $0.classAUCs.meanOfDefined
    },
    Metric(
        "ece", "expected calibration error: how far confidence is from accuracy", .lowerIsBetter,
        needs: .probabilities
    ) { $0.calibration?.error },
    Metric(
        "iou", "intersection over union of predicted and true pixels, mean over the classes", needs: .masks
    ) {
        $0.classIoUs.meanOfDefined
    },
    Metric("dice", "twice the intersection over the sum of both, mean over the classes", needs: .masks) {
        $0.classF1s.meanOfDefined
    },
]

/// What there has to be for a metric to be measured.
package enum MetricNeed: Hashable, Sendable, CustomStringConvertible {
    case nothing
    case classes(moreThan: Int)
    /// A label for each image.
    case imageLabels
    /// A label for each pixel.
    case masks
    /// A loss that makes probabilities of the outputs.
    case probabilities

    /// Whether there is in a training that is to tell such targets.
    package func isMet(by targets: Targets, _ loss: any Loss) -> Bool {
        isMet(
            classes: targets.classes, isSegmentation: targets.mask != nil,
            hasProbabilities: loss.reading != .scores)
    }

    func isMet(by evaluation: Evaluation) -> Bool {
        isMet(
            classes: evaluation.confusion.count, isSegmentation: evaluation.isSegmentation,
            hasProbabilities: evaluation.calibration != nil)
    }

    private func isMet(classes: Int, isSegmentation: Bool, hasProbabilities: Bool) -> Bool {
        switch self {
        case .nothing: true
        case .classes(let fewer): classes > fewer
        case .imageLabels: !isSegmentation
        case .masks: isSegmentation
        case .probabilities: hasProbabilities
        }
    }

    /// `a loss that makes probabilities of the outputs, such as cross-entropy`.
    package var description: String {
        switch self {
        case .nothing: "nothing"
        case .classes(let fewer): "more than \(fewer) classes"
        case .imageLabels: "a label for each image, not for each pixel"
        case .masks: "masks: a label for each pixel"
        case .probabilities: "a loss that makes probabilities of the outputs, such as `cross-entropy`"
        }
    }
}
