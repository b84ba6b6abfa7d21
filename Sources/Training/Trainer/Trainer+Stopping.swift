import Networks

extension Trainer {
    /// Watches a metric from now on, or no more with nil.
    ///
    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(stopping settings: EarlyStopping?) throws(TrainingError) {
        try settings?.check()
        stopping = settings.map { StoppingWatch($0) }
    }

    /// Goes back to the weights and running statistics of the best epoch if there has been no better one for too long.
    /// The optimizer, the history and the position stay.
    func stopEarly(after record: EpochRecord) -> EarlyStop? {
        guard let settings = stopping?.settings, let best = stopping?.note(record, of: network, average)
        else { return nil }
        for (target, value) in zip(network.parameters + network.buffers, best.tensors) {
            target.value = value
        }
        average = best.average
        return EarlyStop(settings: settings, epoch: best.epoch, value: best.value)
    }
}
