import Networks
import Tensors

/// How early stopping stands: the best epoch so far with its weights, and how long ago that was.
package struct StoppingWatch: Sendable {
    /// An epoch to go back to.
    struct Best: Sendable {
        /// From 1.
        let epoch: Int
        /// Of the metric.
        let value: Double
        /// Of the network's parameters, then of its buffers.
        var tensors: [Tensor]
        var average: WeightAverage?
    }

    package let settings: EarlyStopping
    var best: Best?
    /// Epochs since the best one, or since training was stopped.
    private(set) var epochsWithout: Int

    init(_ settings: EarlyStopping, best: Best? = nil, epochsWithout: Int = 0) {
        self.settings = settings
        self.best = best
        self.epochsWithout = epochsWithout
    }

    /// What is remembered can no longer be compared with what comes.
    mutating func forget() {
        best = nil
        epochsWithout = 0
    }

    /// Looks at a finished epoch and gives the best one if it is time to go back to it.
    mutating func note(
        _ record: EpochRecord, of network: Network, _ average: WeightAverage?
    ) -> Best? {
        guard let value = settings.metric?.value(record) else { return nil }
        // The first is the best so far, unless it is NaN.
        if best.map({ settings.isBetter(value, than: $0.value) }) ?? !value.isNaN {
            best = Best(
                epoch: record.epoch, value: value,
                tensors: (network.parameters + network.buffers).map(\.value),
                average: average)
            epochsWithout = 0
            return nil
        }
        epochsWithout += 1
        guard epochsWithout >= settings.patience else { return nil }
        epochsWithout = 0
        return best
    }
}

/// What early stopping went back to.
package struct EarlyStop: Hashable, Sendable {
    package let settings: EarlyStopping
    /// The epoch, from 1, whose weights the network has now.
    package let epoch: Int
    /// Of the metric, at that epoch.
    package let value: Double
}
