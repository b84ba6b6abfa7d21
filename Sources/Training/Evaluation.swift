/// How well a network does on a set that it does not learn from meanwhile.
package struct Evaluation: Hashable, Sendable {
    /// Mean over the labels.
    package let loss: Double
    /// How many images of each class (row) were taken for each class (column).
    package let confusion: [[Int]]

    package init(loss: Double, confusion: [[Int]]) {
        self.loss = loss
        self.confusion = confusion
    }

    /// By name, each that is defined for the set.
    package var metrics: [String: Double] {
        var metrics: [String: Double] = [:]
        for metric in allMetrics { metrics[metric.name] = metric.value(self) }
        return metrics
    }

    /// Images that were taken for what they are.
    package var correct: Int { confusion.indices.reduce(0) { $0 + confusion[$1][$1] } }
    package var count: Int { confusion.joined().reduce(0, +) }
    /// 0...1
    package var accuracy: Double { Double(correct) / Double(count) }
    /// Images of each class.
    package var classCounts: [Int] { confusion.map { $0.reduce(0, +) } }
    /// The share of each class's images that were taken for it, 0...1; nil for a class without images.
    package var classAccuracies: [Double?] {
        zip(confusion.indices, classCounts).map { $1 > 0 ? Double(confusion[$0][$0]) / Double($1) : nil }
    }
}
