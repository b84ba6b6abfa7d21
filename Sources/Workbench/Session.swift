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

    /// Changed by what `Session+Settings` and `Session+Model` do, which keep the trainer in step.
    var settings: SessionSettings { didSet { revision = Revision() } }
    /// The model with its training; nil until a model fits the data.
    var trainer: Trainer? { didSet { revision = Revision() } }
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
    var skippedFilesTold = 0
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

    // MARK: Trainers

    func normalization(of dataset: Dataset) -> Normalization {
        settings.normalizes
            ? Normalization(measuring: dataset.train, workers: workers)
            : .off(channels: dataset.imageShape[2])
    }

    func makeTrainer(_ network: Network, _ dataset: Dataset) throws -> Trainer {
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
}
