import Networks

extension Trainer {
    /// Asked before training starts, because settings may come in any order.
    ///
    /// - Throws: `TrainingError.noMetric` or `.singleValue`.
    package func check() throws(TrainingError) {
        try checkMetrics()
        try checkBatchNorm()
    }

    /// - Throws: `TrainingError.noMetric` if something follows a metric that cannot be measured here.
    private func checkMetrics() throws(TrainingError) {
        let followers = [("schedule", schedule.metric), ("early-stopping", stopping?.settings.metric)]
        for case (let follower, let metric?) in followers {
            guard let need = metric.validationNeed else { continue }
            if dataset.validation.isEmpty {
                throw .noMetric(metric.name, follower: follower, need: "validation images")
            }
            if !need.isMet(by: dataset.targets, loss) {
                throw .noMetric(metric.name, follower: follower, need: "\(need)")
            }
        }
    }

    /// An epoch's last batch may be of one image: that one step passes by the layers before the batch norm. If every
    /// batch is, they never learn.
    ///
    /// - Throws: `TrainingError.singleValue` if all batches are too small for a batch norm.
    private func checkBatchNorm() throws(TrainingError) {
        guard min(batchSize, dataset.train.count) == 1 else { return }
        let single = network.layers.first {
            $0.layer.unnamed is BatchNorm && $0.input.extents.dropLast().allSatisfy { $0 == 1 }
        }
        if let single { throw .singleValue(layer: single.name) }
    }
}
