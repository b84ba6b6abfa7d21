import CommandLanguage
import Datasets
import Diagnosis
import Networks
import Tensors
import Training

/// What the commands work on: the data, the model in training, and the settings for the next one.
package final class Session {
    /// Ctrl-C.
    private let isInterrupted: () -> Bool
    /// When what a command does must end, as if by Ctrl-C.
    private var deadline: ContinuousClock.Instant?

    private(set) var settings: SessionSettings { didSet { revision = Revision() } }
    /// The model with its training; nil until a model fits the data.
    private(set) var trainer: Trainer? { didSet { revision = Revision() } }
    /// What was declared, to be declared again with other values.
    var declarations = Declarations() { didSet { revision = Revision() } }
    /// Another one whenever the settings, the declarations or the trainer have changed.
    private(set) var revision = Revision()

    /// Training since an exercise began, or since the start.
    var effort = Effort()
    /// What led here.
    var trail: Trail

    let runs: RunKeeper
    /// What is known of the units of the present weights.
    let activity = ActivityCache()
    /// Breakpoints and watches.
    var instruments = Instruments()
    /// What `resume` goes on with.
    var unfinished: UnfinishedTraining?
    let snapshots: Snapshots

    let workers: Workers
    /// Where relative paths start; nil for the folder that Cairn was started in.
    let folder: String?
    /// Whether somebody can go on with what an interrupted command leaves.
    package var isInteractive = false
    /// How many of the data's unreadable files the user has been told of.
    private var skippedFilesTold = 0
    /// Those of the last fork that can be taken.
    var arms: [Arm] = []
    /// Whether the session goes back from what it does now.
    var isTrying = false
    /// What replayed numbers are compared for; nil unless a script is verified.
    var verification: Verification?
    /// Runs the inputs, and the blocks and scripts of commands.
    weak var shell: Interpreter<Session>?
    /// Where results go while an input runs.
    var sink: (any DisplaySink)?

    /// - Parameters:
    ///   - seed: of every random choice.
    ///   - threads: one for each processor unless given.
    ///   - folder: where relative paths start; the folder that Cairn was started in unless given.
    ///   - runs: the file in which runs are kept; none are without it.
    ///   - spillFolder: where snapshots go that do not fit into memory; they go nowhere without it.
    ///   - shouldStop: asked by everything that takes long.
    package convenience init(
        seed: UInt64 = 1, threads: Int? = nil, folder: String? = nil, runs: String? = nil,
        spillFolder: String? = nil, shouldStop: @escaping () -> Bool = { false }
    ) {
        self.init(
            seed: seed, workers: Workers(threads: threads ?? Machine.processors), folder: folder, runs: runs,
            spillFolder: spillFolder, shouldStop: shouldStop)
    }

    /// A session in which nothing is declared, beside another on the same threads.
    convenience init(beside other: Session, seed: UInt64? = nil, runs: String? = nil) {
        self.init(
            seed: seed ?? other.settings.seed, workers: other.workers, folder: other.folder, runs: runs,
            spillFolder: nil, shouldStop: other.shouldStop)
    }

    private init(
        seed: UInt64, workers: Workers, folder: String?, runs: String?, spillFolder: String?,
        shouldStop: @escaping () -> Bool
    ) {
        settings = SessionSettings(seed: seed)
        trail = Trail(seed: seed)
        self.workers = workers
        self.folder = folder
        self.runs = RunKeeper(path: runs)
        snapshots = Snapshots(folder: spillFolder)
        isInterrupted = shouldStop
    }

    var threads: Int { workers.threads }

    /// Asked by everything that takes long.
    func shouldStop() -> Bool { isInterrupted() || isOutOfTime }

    private var isOutOfTime: Bool { deadline.map { .now >= $0 } ?? false }

    /// Runs `body` for at most so many seconds, or any time: whatever asks `shouldStop` then ends as by Ctrl-C.
    ///
    /// - Returns: whether it was ended so.
    /// - Throws: what `body` throws, an interruption too unless the budget is its reason.
    func within(_ budget: Double?, _ body: () throws -> Void) throws -> Bool {
        let outer = deadline
        defer { deadline = outer }
        if let budget { deadline = min(outer ?? .now + .seconds(budget), .now + .seconds(budget)) }
        do {
            try body()
            return false
        } catch let interruption as CommandInterruption {
            let isOver = budget != nil && isOutOfTime && !isInterrupted()
            deadline = outer
            guard isOver, !isOutOfTime else { throw interruption }
            return true
        }
    }

    /// Takes over a state, with the trainer that has its model.
    func become(_ state: SessionState, with trainer: Trainer?) {
        settings = state.settings
        declarations = state.declarations
        trail = state.trail
        self.trainer = trainer
        unfinished = state.model?.goal.map { UnfinishedTraining(goal: $0, trainer: trainer) }
        skippedFilesTold = settings.dataset?.skippedFiles.count ?? 0
        revision = state.revision
    }

    // MARK: What commands need

    func requireData() throws(Refusal) -> Dataset {
        guard let dataset = settings.dataset else { throw .noData }
        return dataset
    }

    func requireTrainer() throws(Refusal) -> Trainer {
        guard let trainer else { throw settings.dataset == nil ? .noData : .noModel }
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
            convolution: settings.convolution, workers: workers)
        return PlanMeasurement(timing: executor.measure(), batchSize: executor.batchSize)
    }

    // MARK: Declarations

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

    func normalization(of dataset: Dataset) -> Normalization {
        settings.normalizes
            ? Normalization(measuring: dataset.train, workers: workers)
            : .off(channels: dataset.imageShape[2])
    }

    private func makeTrainer(_ network: Network, _ dataset: Dataset) throws -> Trainer {
        try makeTrainer(network, dataset, normalization(of: dataset), settings)
    }

    func makeTrainer(
        _ network: Network, _ dataset: Dataset, _ normalization: Normalization, _ settings: SessionSettings
    ) throws -> Trainer {
        try Trainer(
            network, loss: settings.loss, optimizer: settings.optimizer, schedule: settings.schedule,
            dataset: dataset, normalization: normalization, augmentations: settings.augmentations,
            options: settings.options, batchSize: settings.batchSize, convolution: settings.convolution,
            seed: settings.seed, workers: workers)
    }

    // MARK: Showing

    /// Says if the model's last layer and the loss hardly go together as meant.
    func warnOfLoss() {
        guard let trainer, let warning = trainer.loss.warning(for: trainer.network) else { return }
        show(StyledText(warning.description, .warning))
    }

    /// Tells of files that were left out since it last did.
    func noteSkippedFiles() {
        let skipped = settings.dataset?.skippedFiles ?? []
        guard skipped.count > skippedFilesTold else { return }
        skippedFilesTold = skipped.count
        note(skipped.skippedFilesLine)
    }

    func show(_ text: StyledText) { sink?.show(.text(text)) }
    func show(_ table: Table) { sink?.show(.table(table)) }
    func show(_ progress: Progress) { sink?.show(progress) }
    /// What a change has carried over, if there is a run that it could have lost.
    func note(_ carryOver: CarryOver?) {
        guard let carryOver, let trainer, trainer.position.step > 0 else { return }
        note(StyledText("\(carryOver)", .faint))
    }

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
