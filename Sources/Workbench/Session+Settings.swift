import Datasets
import Networks
import Tensors
import Training

// How the model is trained: each setting is taken by the trainer, if there is one, and kept for the next.

extension Session {
    func use(seed: UInt64) { settings.seed = seed }

    /// - Returns: what was carried over, if a model is in training.
    func use(_ optimizer: any OptimizerSettings) throws -> CarryOver? {
        try optimizer.check()
        let report = try trainer?.change(optimizer: optimizer)
        settings.optimizer = optimizer
        return report
    }

    func use(_ schedule: any Schedule) throws -> CarryOver? {
        try schedule.check()
        let report = try trainer?.change(schedule: schedule)
        settings.schedule = schedule
        return report
    }

    func use(_ clipping: GradientClipping) throws {
        try clipping.check()
        try trainer?.change(clipping: clipping)
        settings.options.clipping = clipping
    }

    /// Begins anew, or ends with nil.
    func use(_ averaging: Averaging?) throws {
        try averaging?.check()
        try trainer?.change(averaging: averaging)
        settings.options.averaging = averaging
    }

    /// Begins anew, or ends with nil.
    func use(_ stopping: EarlyStopping?) throws {
        try stopping?.check()
        try trainer?.change(stopping: stopping)
        settings.options.stopping = stopping
    }

    /// - Throws: `DatasetError` if the training images cannot be drawn so; then nothing has changed.
    func use(_ sampling: Sampling) throws {
        if let dataset = settings.dataset {
            try sampling.check(dataset.train, classes: dataset.classes.count)
        }
        try trainer?.change(sampling: sampling)
        settings.options.sampling = sampling
    }

    func use(_ loss: any Loss) throws -> CarryOver? {
        let report = try trainer?.change(loss: loss)
        settings.loss = loss
        return report
    }

    @discardableResult
    func use(batchSize: Int) throws -> CarryOver? {
        let report = try trainer?.change(batchSize: batchSize)
        settings.batchSize = batchSize
        return report
    }

    func use(_ convolution: ConvolutionPrecision) throws {
        try trainer?.change(convolution: convolution)
        settings.convolution = convolution
    }

    /// - Throws: `AugmentationError` if the images cannot be changed so; then nothing has changed.
    func use(_ augmentations: [any Augmentation]) throws -> CarryOver? {
        if let dataset = settings.dataset {
            try AugmentationPipeline(augmentations).check(dataset.imageShape)
        }
        settings.augmentations = augmentations
        trainer?.augmentations = AugmentationPipeline(augmentations)
        return trainer?.carryOver()
    }

    func use(normalizes: Bool) -> CarryOver? {
        settings.normalizes = normalizes
        guard let trainer else { return nil }
        trainer.normalization = normalization(of: trainer.dataset)
        return trainer.carryOver()
    }

    /// Goes on from a saved state, with the optimizer and schedule that are part of it and with what else its words
    /// declare, as far as that fits the data.
    ///
    /// - Returns: the statements that made a difference.
    /// - Throws: `CheckpointError` if the state does not fit; then nothing has changed.
    func resume(_ state: TrainingState) throws -> [String] {
        let before = self.state
        let trainer = try requireTrainer()
        let declared = state.setup.statements(changing: trainer.setup).filter { declare($0) }
        do {
            try trainer.restore(state)
        } catch {
            try adopt(before)
            throw error
        }
        settings.optimizer = trainer.optimizer.settings
        settings.schedule = trainer.schedule
        settings.options = trainer.options
        declareWhatWasLoaded(trainer)
        return declared
    }
}
