/// A number that says how well a network does, by a name that scripts, early stopping and schedules use.
///
/// Adding one is a line in `allMetrics`.
package struct Metric: Sendable {
    package enum Direction: Hashable, Sendable {
        case lowerIsBetter
        case higherIsBetter
    }

    /// What there has to be, or the metric is not measured.
    package enum Need: Hashable, Sendable {
        case nothing
        case classes(moreThan: Int)
        /// One label for each image.
        case imageLabels
        /// One label for each pixel.
        case masks
        /// A loss that makes probabilities of the outputs.
        case probabilities
    }

    package let name: String
    /// A noun phrase: `share of labels that have the largest output`.
    package let summary: String
    package let direction: Direction
    package let need: Need
    /// Nil if the need is not met, or if it is not defined for such labels.
    let value: @Sendable (Evaluation) -> Double?

    /// Whether `value` is better than `other`; NaN never is.
    package func isBetter(_ value: Double, than other: Double) -> Bool {
        direction == .lowerIsBetter ? value < other : value > other
    }
}

/// Every metric there is, in the order in which they are shown.
package let allMetrics: [Metric] = [
    Metric(name: "loss", summary: "mean loss", direction: .lowerIsBetter, need: .nothing) { $0.loss },
    Metric(
        name: "accuracy", summary: "share of labels that have the largest output", direction: .higherIsBetter,
        need: .nothing
    ) { $0.accuracy },
]
