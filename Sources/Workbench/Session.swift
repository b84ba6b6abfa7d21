import CommandLanguage
import Datasets
import Diagnosis
import Networks
import Tensors
import Training

/// What the commands work on: the data, the model in training, and the settings for the next one.
package final class Session {
    /// Makes every random choice from now on: splits, first weights, shuffling, augmentation, dropout.
    var seed: UInt64
    /// Ctrl-C: asked by everything that takes long.
    let shouldStop: () -> Bool

    private(set) var dataset: Dataset? { didSet { skippedFilesTold = 0 } }
    /// The model with its training; nil until a model fits the data.
    private(set) var trainer: Trainer?
    private(set) var optimizer: any OptimizerSettings = Adam()
    private(set) var schedule: any Schedule = ConstantSchedule()
    private(set) var options = TrainingOptions()
    private(set) var loss: any Loss = CrossEntropy()
    /// As the model was declared.
    private(set) var initializer = Initializer.he
    private(set) var batchSize = 64
    private(set) var convolution = ConvolutionPrecision.fast
    private(set) var augmentations: [any Augmentation] = []
    private(set) var normalizes = true

    /// What was declared, to be declared again with other values.
    var declarations = Declarations()
    let runs: RunKeeper
    /// What is known of the units of the present weights.
    let activity = ActivityCache()

    let workers: Workers
    /// Where relative paths start; nil for the folder that Cairn was started in.
    let folder: String?
    /// Whether somebody can go on with what an interrupted command leaves.
    package var isInteractive = false
    /// How many of the data's unreadable files the user has been told of.
    private var skippedFilesTold = 0
    /// Where results go while an input runs.
    var sink: (any DisplaySink)?

    /// - Parameters:
    ///   - seed: of every random choice.
    ///   - threads: one for each processor unless given.
    ///   - folder: where relative paths start; the folder that Cairn was started in unless given.
    ///   - runs: the file in which runs are kept; none are without it.
    ///   - shouldStop: asked by everything that takes long.
    package convenience init(
        seed: UInt64 = 1, threads: Int? = nil, folder: String? = nil, runs: String? = nil,
        shouldStop: @escaping () -> Bool = { false }
    ) {
        self.init(
            seed: seed, workers: Workers(threads: threads ?? Machine.processors), folder: folder, runs: runs,
            shouldStop: shouldStop)
    }

    /// A session in which nothing is declared, beside another on the same threads.
    convenience init(beside other: Session) {
        self.init(
            seed: other.seed, workers: other.workers, folder: other.folder, runs: nil,
            shouldStop: other.shouldStop)
    }

    private init(
        seed: UInt64, workers: Workers, folder: String?, runs: String?, shouldStop: @escaping () -> Bool
    ) {
        self.seed = seed
        self.workers = workers
        self.folder = folder
        self.runs = RunKeeper(path: runs)
        self.shouldStop = shouldStop
    }

    var threads: Int { workers.threads }

    // MARK: What commands need

    func requireData() throws(Refusal) -> Dataset {
        guard let dataset else { throw .noData }
        return dataset
    }

    func requireTrainer() throws(Refusal) -> Trainer {
        guard let trainer else { throw dataset == nil ? .noData : .noModel }
        return trainer
    }

    /// The history of a model that has been trained for at least one step.
    func requireHistory() throws(Refusal) -> RunHistory {
        let history = try requireTrainer().history
        guard !history.steps.isEmpty else { throw .nothingTrained }
        return history
    }

    /// Times a step of the model on random images, in a copy of its plan.
    func measurePlan() throws(Refusal) -> PlanMeasurement {
        let trainer = try requireTrainer()
        let executor = Executor(
            trainer.network, loss: trainer.executor.loss, batchSize: trainer.executor.batchSize,
            convolution: convolution,
            workers: workers)
        return PlanMeasurement(timing: executor.measure(), batchSize: executor.batchSize)
    }

    // MARK: Declarations

    /// Takes other data; a model that fits it goes on, one that does not is dropped, if need be with what it learned.
    ///
    /// - Returns: the name of the model that had to go.
    /// - Throws: `Refusal.augmentationMisfits`, or `.trainedModelMisfits` unless `replacing`; then nothing has changed.
    func use(_ dataset: Dataset, replacing: Bool) throws -> String? {
        do throws(AugmentationError) {
            try AugmentationPipeline(augmentations).check(dataset.imageShape)
        } catch {
            throw Refusal.augmentationMisfits(error)
        }
        guard let trainer else {
            self.dataset = dataset
            return nil
        }
        let name = trainer.network.name
        do {
            try trainer.change(dataset: dataset, normalization: normalization(of: dataset))
            self.dataset = dataset
            return nil
        } catch {
            guard error.isMisfit else { throw error }
            guard replacing || trainer.position.step == 0 else { throw Refusal.trainedModelMisfits(name) }
            self.dataset = dataset
            self.trainer = nil
            return name
        }
    }

    /// Makes the network and a fresh training of it.
    func declareModel(name: String, layers: [any Layer], initializer: Initializer) throws -> Network {
        let dataset = try requireData()
        let network = try Network(
            name: name, input: dataset.imageShape, layers: layers, initializer: initializer,
            random: RandomStream(seed: seed, name: "init"))
        do {
            trainer = try makeTrainer(network, dataset)
        } catch TrainingError.output(let error) where error.isAboutModel {
            throw Refusal.lastLayer(error, layer: layers.count - 1)
        }
        self.initializer = initializer
        return network
    }

    /// Draws the weights of all layers, or of those with these names, anew, as they were declared or with this
    /// initializer, and forgets optimizer state and history.
    func startAfresh(_ initializer: Initializer? = nil, layers: [String]? = nil) throws {
        let trainer = try requireTrainer()
        trainer.network.initialize(
            initializer ?? self.initializer, random: RandomStream(seed: seed, name: "init"),
            layers: layers, overriding: initializer != nil)
        try restart(trainer)
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

    /// A training from nothing of the same network, in which the same layers learn.
    private func restart(_ trainer: Trainer) throws {
        let fresh = try makeTrainer(trainer.network, trainer.dataset)
        try fresh.change(layerRates: trainer.layerRates)
        self.trainer = fresh
    }

    /// - Returns: what was carried over, if a model is in training.
    func use(_ settings: any OptimizerSettings) throws -> CarryOver? {
        try settings.check()
        let report = try trainer?.change(optimizer: settings)
        optimizer = settings
        return report
    }

    func use(_ schedule: any Schedule) throws {
        try schedule.check()
        try trainer?.change(schedule: schedule)
        self.schedule = schedule
    }

    func use(_ clipping: GradientClipping) throws {
        try clipping.check()
        try trainer?.change(clipping: clipping)
        options.clipping = clipping
    }

    /// Begins anew, or ends with nil.
    func use(_ averaging: Averaging?) throws {
        try averaging?.check()
        try trainer?.change(averaging: averaging)
        options.averaging = averaging
    }

    /// Begins anew, or ends with nil.
    func use(_ stopping: EarlyStopping?) throws {
        try stopping?.check()
        try trainer?.change(stopping: stopping)
        options.stopping = stopping
    }

    /// - Throws: `DatasetError` if the training images cannot be drawn so; then nothing has changed.
    func use(_ sampling: Sampling) throws {
        if let dataset { try sampling.check(dataset.train, classes: dataset.classes.count) }
        try trainer?.change(sampling: sampling)
        options.sampling = sampling
    }

    func use(_ loss: any Loss) throws {
        try trainer?.change(loss: loss)
        self.loss = loss
    }

    func use(batchSize: Int) throws {
        try trainer?.change(batchSize: batchSize)
        self.batchSize = batchSize
    }

    func use(_ convolution: ConvolutionPrecision) throws {
        try trainer?.change(convolution: convolution)
        self.convolution = convolution
    }

    /// - Throws: `AugmentationError` if the images cannot be changed so; then nothing has changed.
    func use(_ augmentations: [any Augmentation]) throws {
        if let dataset { try AugmentationPipeline(augmentations).check(dataset.imageShape) }
        self.augmentations = augmentations
        trainer?.augmentations = AugmentationPipeline(augmentations)
    }

    func use(normalizes: Bool) {
        self.normalizes = normalizes
        guard let trainer else { return }
        trainer.normalization = normalization(of: trainer.dataset)
    }

    /// Goes on from a saved state, with the optimizer and schedule that are part of it.
    func resume(_ state: TrainingState) throws {
        let trainer = try requireTrainer()
        try trainer.restore(state)
        optimizer = trainer.optimizer.settings
        schedule = trainer.schedule
        options = trainer.options
        declareWhatWasLoaded(trainer)
    }

    func normalization(of dataset: Dataset) -> Normalization {
        normalizes
            ? Normalization(measuring: dataset.train, workers: workers)
            : .off(channels: dataset.imageShape[2])
    }

    private func makeTrainer(_ network: Network, _ dataset: Dataset) throws -> Trainer {
        try Trainer(
            network, loss: loss, optimizer: optimizer, schedule: schedule, dataset: dataset,
            normalization: normalization(of: dataset), augmentations: augmentations, options: options,
            batchSize: batchSize,
            convolution: convolution, seed: seed, workers: workers)
    }

    // MARK: Showing

    /// Says if the model's last layer and the loss hardly go together as meant.
    func warnOfLoss() {
        guard let trainer, let warning = trainer.loss.warning(for: trainer.network) else { return }
        show(StyledText(warning.description, .warning))
    }

    /// Tells of files that were left out since it last did.
    func noteSkippedFiles() {
        let skipped = dataset?.skippedFiles ?? []
        guard skipped.count > skippedFilesTold else { return }
        skippedFilesTold = skipped.count
        note(skipped.skippedFilesLine)
    }

    func show(_ text: StyledText) { sink?.show(.text(text)) }
    func show(_ table: Table) { sink?.show(.table(table)) }
    func show(_ progress: Progress) { sink?.show(progress) }
    /// What a command did, for somebody who watches: left out by `--quiet`.
    func note(_ text: StyledText) { sink?.note(text) }
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
