import CommandLanguage
import Datasets
import Networks
import Tensors
import Training

/// What the commands work on: the data, the model in training, and the settings for the next one.
package final class Session {
    /// Makes every random choice from now on: splits, first weights, shuffling, augmentation, dropout.
    var seed: UInt64
    /// Ctrl-C: asked by everything that takes long.
    let shouldStop: () -> Bool

    private(set) var dataset: Dataset?
    /// The model with its training; nil until a model fits the data.
    private(set) var trainer: Trainer?
    private(set) var optimizer: any OptimizerSettings = Adam()
    private(set) var schedule: any Schedule = ConstantSchedule()
    private(set) var loss: any Loss = CrossEntropy()
    private(set) var initializer = Initializer.he
    private(set) var batchSize = 64
    private(set) var convolution = ConvolutionPrecision.fast
    private(set) var augmentations: [any Augmentation] = []
    private(set) var normalizes = true

    /// What was declared, to be declared again with other values.
    var declarations = Declarations()
    let runs: RunKeeper

    let workers: Workers
    /// Where relative paths start; nil for the folder that Cairn was started in.
    let folder: String?
    /// Whether somebody can go on with what an interrupted command leaves.
    package var isInteractive = false
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
    /// - Throws: `Refusal.trainedModelMisfits` unless `replacing`; then nothing has changed.
    func use(_ dataset: Dataset, replacing: Bool) throws -> String? {
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

    /// Draws the weights anew and forgets optimizer state and history.
    func startAfresh(_ initializer: Initializer) throws {
        let trainer = try requireTrainer()
        self.initializer = initializer
        trainer.network.initialize(initializer, random: RandomStream(seed: seed, name: "init"))
        self.trainer = try makeTrainer(trainer.network, trainer.dataset)
    }

    /// Replaces the weights and forgets optimizer state and history.
    func startAfresh(from weights: TensorArchive) throws {
        let trainer = try requireTrainer()
        try trainer.network.importTensors(weights.named, skipped: weights.skipped)
        self.trainer = try makeTrainer(trainer.network, trainer.dataset)
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

    func use(_ augmentations: [any Augmentation]) {
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
        for text in ["optimizer \(optimizer)", "schedule \(schedule)"] {
            // A line that cannot be typed cannot be declared again either.
            if let call = try? RecordedStatement.call(of: text, in: Session.catalog) {
                declarations.note(call)
            }
        }
    }

    private func normalization(of dataset: Dataset) -> Normalization {
        normalizes ? Normalization(measuring: dataset.train) : .off(channels: dataset.imageShape[2])
    }

    private func makeTrainer(_ network: Network, _ dataset: Dataset) throws -> Trainer {
        try Trainer(
            network, loss: loss, optimizer: optimizer, schedule: schedule, dataset: dataset,
            normalization: normalization(of: dataset), augmentations: augmentations, batchSize: batchSize,
            convolution: convolution, seed: seed, workers: workers)
    }

    // MARK: Showing

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
