/// How well a network does on a set that it does not learn from meanwhile.
///
/// What is counted are labels: images, or pixels in segmentation.
package struct Evaluation: Hashable, Sendable {
    /// Mean over the labels.
    package let loss: Double
    /// How many of each class (row) were taken for each class (column).
    package let confusion: [[Int]]
    /// How many labels had so many outputs before their own: 0 where the network was right.
    package let ranks: [Int]
    /// How confident the network was, and how often right; nil if the loss makes no probabilities of the outputs.
    package let calibration: Calibration?
    /// Of each class, how likely one of its images gets a larger score for it than an image of another class, 0...1;
    /// nil for a class that has no images or all. Equal scores count half, such as probabilities that round to 1. Empty
    /// if it was not measured.
    package let classAUCs: [Double?]
    /// Whether the labels are pixels.
    package let isSegmentation: Bool

    package init(
        loss: Double, confusion: [[Int]], ranks: [Int] = [], calibration: Calibration? = nil,
        classAUCs: [Double?] = [], isSegmentation: Bool = false
    ) {
        self.loss = loss
        self.confusion = confusion
        self.ranks = ranks
        self.calibration = calibration
        self.classAUCs = classAUCs
        self.isSegmentation = isSegmentation
    }

    /// By name, each that is defined for the set.
    package var metrics: [String: Double] {
        var metrics: [String: Double] = [:]
        for metric in allMetrics { metrics[metric.name] = metric.value(of: self) }
        return metrics
    }

    /// Labels that the network got right.
    package var correct: Int { confusion.indices.reduce(0) { $0 + confusion[$1][$1] } }
    package var count: Int { confusion.joined().reduce(0, +) }
    /// 0...1
    package var accuracy: Double { Double(correct) / Double(count) }
    /// Labels of each class.
    package var classCounts: [Int] { confusion.map { $0.reduce(0, +) } }
    /// How often each class was the answer.
    package var predictionCounts: [Int] {
        confusion.indices.map { column in confusion.reduce(0) { $0 + $1[column] } }
    }

    /// The share of labels that are among the `k` largest outputs, 0...1.
    ///
    /// - Precondition: ranks were counted.
    package func topAccuracy(_ k: Int) -> Double {
        Double(ranks.prefix(k).reduce(0, +)) / Double(ranks.reduce(0, +))
    }

    /// Recall: the share of each class's labels that were taken for it, 0...1; nil for a class without labels.
    package var classAccuracies: [Double?] { ratios { own, labels, _ in (own, labels) } }
    /// The share of the answers of each class that were right, 0...1; nil for a class that never was the answer.
    package var classPrecisions: [Double?] { ratios { own, _, answers in (own, answers) } }
    /// `2 own / (labels + answers)`, the harmonic mean of precision and recall, also called Dice; nil for a class that
    /// neither was the answer nor should have been.
    package var classF1s: [Double?] { ratios { own, labels, answers in (2 * own, labels + answers) } }
    /// `own / (labels + answers - own)`: intersection over union; nil as for F1.
    package var classIoUs: [Double?] { ratios { own, labels, answers in (own, labels + answers - own) } }

    /// Of each class a quotient of counts: what was right, what should have been, what was answered.
    private func ratios(_ terms: (_ own: Int, _ labels: Int, _ answers: Int) -> (Int, Int)) -> [Double?] {
        let (labels, answers) = (classCounts, predictionCounts)
        return confusion.indices.map { index in
            let (share, whole) = terms(confusion[index][index], labels[index], answers[index])
            return whole > 0 ? Double(share) / Double(whole) : nil
        }
    }
}

extension [Double?] {
    /// Of the classes for which it is defined; nil if there is none.
    package var meanOfDefined: Double? {
        let defined = compactMap(\.self)
        return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
    }
}
