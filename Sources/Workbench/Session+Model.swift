import Datasets
import Networks
import Tensors
import Training

// The data and the model in training.

extension Session {
    /// Takes other data; a model that fits it goes on, one that does not is dropped, if need be with what it learned.
    ///
    /// - Returns: the name of the model that had to go.
    /// - Throws: `Refusal.augmentationMisfits`, or `.trainedModelMisfits` unless `replacing`; then nothing has changed.
    func use(_ dataset: Dataset, replacing: Bool) throws -> String? {
        do throws(AugmentationError) {
            try AugmentationPipeline(settings.augmentations).check(dataset.imageShape)
        } catch {
            throw Refusal.augmentationMisfits(error)
        }
        guard let trainer else {
            take(dataset)
            return nil
        }
        let name = trainer.network.name
        do {
            try trainer.change(dataset: dataset, normalization: normalization(of: dataset))
            take(dataset)
            return nil
        } catch {
            guard error.isMisfit else { throw error }
            guard replacing || trainer.position.step == 0 else { throw Refusal.trainedModelMisfits(name) }
            take(dataset)
            self.trainer = nil
            return name
        }
    }

    private func take(_ dataset: Dataset) {
        settings.dataset = dataset
        skippedFilesTold = 0
    }

    /// Makes the network and a fresh training of it.
    func declareModel(name: String, layers: [any Layer], initializer: Initializer) throws -> Network {
        let dataset = try requireData()
        let network = try Network(
            name: name, input: dataset.imageShape, layers: layers, initializer: initializer,
            random: RandomStream(seed: settings.seed, name: "init"))
        do {
            trainer = try makeTrainer(network, dataset)
        } catch TrainingError.output(let error) where error.isAboutModel {
            throw Refusal.lastLayer(error, layer: layers.count - 1)
        }
        settings.initializer = initializer
        return network
    }

    /// Draws the weights of all layers anew, as they were declared or with this initializer, and forgets optimizer
    /// state and history.
    func startAfresh(_ initializer: Initializer? = nil) throws {
        let trainer = try requireTrainer()
        trainer.network.initialize(
            initializer ?? settings.initializer, random: RandomStream(seed: settings.seed, name: "init"),
            overriding: initializer != nil)
        try restart(trainer)
    }

    /// The same for the layers with these names; the run goes on.
    func redraw(_ layers: [String], _ initializer: Initializer?) throws -> CarryOver {
        try requireTrainer().redraw(
            layers, initializer: initializer ?? settings.initializer, overriding: initializer != nil,
            random: RandomStream(seed: settings.seed, name: "init"))
    }

    /// Replaces the weights, or some of them, and forgets optimizer state and history.
    func startAfresh(
        from weights: TensorArchive, selecting selection: TensorSelection, matching: TensorMatching
    ) throws -> ImportReport {
        let trainer = try requireTrainer()
        let report = try trainer.network.importTensors(
            weights.named, skipped: weights.skipped, selecting: selection, matching: matching)
        try restart(trainer)
        return report
    }

    /// Goes on with another trainer of the same data and settings.
    func adopt(_ trainer: Trainer) { self.trainer = trainer }

    /// A training from nothing of the same network, in which the same layers learn.
    private func restart(_ trainer: Trainer) throws {
        let fresh = try makeTrainer(trainer.network, trainer.dataset)
        try fresh.change(layerRates: trainer.layerRates)
        self.trainer = fresh
    }
}

extension TrainingError {
    /// Whether another model is needed, and not another setting.
    fileprivate var isMisfit: Bool {
        switch self {
        case .imageShape: true
        case .output(let error): error.isAboutModel
        default: false
        }
    }
}
