import Tensors

/// Which training images make an epoch, and in which order.
package enum Sampling: Hashable, Sendable {
    /// Each image once, in random order.
    case shuffled
    /// As many as there are, drawn with replacement, each class equally often on average.
    case balanced
    /// As many as there are, drawn with replacement, an image as often as its class's weight says (PyTorch's
    /// `WeightedRandomSampler`).
    case weighted([Double])

    /// - Throws: `DatasetError` if a set of so many classes cannot be drawn from so.
    package func check(_ set: ImageSet, classes: Int) throws(DatasetError) {
        guard self != .shuffled else { return }
        guard !set.hasMasks else { throw DatasetError(.needsImageLabels(setting: "sample")) }
        guard case .weighted(let weights) = self else { return }
        guard weights.count == classes else {
            throw DatasetError(
                .setting(
                    "weights", found: "a list of \(weights.count)",
                    allowed: "a weight for each of the \(classes) classes"))
        }
        let counts = set.classCounts(classes: classes)
        guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }),
            zip(weights, counts).contains(where: { $0 > 0 && $1 > 0 })
        else {
            throw DatasetError(
                .setting(
                    "weights", found: "\(weights)",
                    allowed: "0 or more, and above 0 for a class that has training images"))
        }
    }

    /// The order of one epoch, which depends only on the set and the stream.
    ///
    /// - Precondition: `check` found nothing.
    package func order(of set: ImageSet, classes: Int, _ stream: RandomStream) -> BatchOrder {
        let weights: [Double]
        switch self {
        case .shuffled: return .shuffled(stream)
        case .balanced: weights = set.classCounts(classes: classes).map { 1 / Double(max($0, 1)) }
        case .weighted(let own): weights = own
        }
        return .drawn(labels: set.labels, weights: weights, stream)
    }
}

extension Sampling: CustomStringConvertible {
    /// As it is declared: `weighted [1.0, 2.0]`.
    package var description: String {
        switch self {
        case .shuffled: "shuffled"
        case .balanced: "balanced"
        case .weighted(let weights): "weighted \(weights)"
        }
    }
}
