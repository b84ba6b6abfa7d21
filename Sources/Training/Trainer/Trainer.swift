import Datasets
import Networks
import Tensors

/// Trains a network on a dataset, and can stop and go on at any batch.
///
/// What it does depends only on its settings and its `state`: not on timing, threads, or how often it was stopped.
/// Settings can change between two calls; everything else stays. It never prints: it tells events.
package final class Trainer {
    package let network: Network
    package let workers: Workers

    package private(set) var dataset: Dataset
    package private(set) var batchSize: Int
    package private(set) var convolution: ConvolutionPrecision
    package private(set) var schedule: any Schedule
    /// As it was declared; the executor has it fitted to the training set.
    package private(set) var loss: any Loss
    /// Takes the place of what optimizer and schedule say, in an experiment.
    var triedRate: Double?
    /// The epoch at which the schedule began: it counts from its own start, and from every change of the optimizer.
    var scheduleStart = 0

    /// Of every image, also in validation and tests.
    package var normalization: Normalization { didSet { dropBatches() } }
    /// Of training images only.
    package var augmentations: AugmentationPipeline { didSet { dropBatches() } }

    package internal(set) var optimizer: Optimizer
    package internal(set) var streams: RandomStreams
    package internal(set) var position = TrainingPosition()
    package internal(set) var history = RunHistory()

    // The step in hand.
    package internal(set) var phase = Phase.ready
    package internal(set) var batch: Batch?
    package private(set) var executor: Executor { didSet { holdsStep = false } }
    /// Whether the executor still has the activations of the last step, and the parameters its gradients.
    package internal(set) var holdsStep = false
    /// The parameters as they were before the last update, if that kept them.
    package internal(set) var valuesBeforeUpdate: [Tensor]?
    /// Of the batch of the last forward pass.
    package internal(set) var result: BatchResult?

    var loader: BatchLoader?
    /// The running statistics before the step in hand.
    var buffersBefore: [Tensor]

    /// The normalisation is measured on the training images unless given.
    ///
    /// - Throws: `TrainingError` if the model, the data and the settings do not fit together.
    package init(
        _ network: Network, loss: any Loss = CrossEntropy(), optimizer: any OptimizerSettings,
        schedule: any Schedule = ConstantSchedule(), dataset: Dataset, normalization: Normalization? = nil,
        augmentations: [any Augmentation] = [], batchSize: Int = 64,
        convolution: ConvolutionPrecision = .exact, seed: UInt64, workers: Workers
    ) throws(TrainingError) {
        try Self.check(network, loss, dataset)
        try schedule.check()
        self.network = network
        self.loss = loss
        self.workers = workers
        self.dataset = dataset
        self.schedule = schedule
        self.batchSize = batchSize
        self.convolution = convolution
        self.normalization = normalization ?? Normalization(measuring: dataset.train)
        self.augmentations = AugmentationPipeline(augmentations)
        self.optimizer = try Optimizer(optimizer, for: network.parameters)
        streams = RandomStreams(seed: seed)
        buffersBefore = network.buffers.map { Tensor(zeros: $0.value.shape) }
        executor = try Self.makeExecutor(network, loss, batchSize, convolution, dataset, workers)
    }

    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(optimizer settings: any OptimizerSettings) throws(TrainingError) -> CarryOver {
        let report = try optimizer.change(to: settings, for: network.parameters)
        scheduleStart = position.epoch
        return report
    }

    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(schedule: any Schedule) throws(TrainingError) {
        try schedule.check()
        self.schedule = schedule
        scheduleStart = position.epoch
    }

    /// An epoch in hand goes on with the images that it has not seen yet.
    ///
    /// - Throws: `TrainingError`; then nothing has changed.
    package func change(batchSize: Int) throws(TrainingError) {
        executor = try Self.makeExecutor(network, loss, batchSize, convolution, dataset, workers)
        self.batchSize = batchSize
        dropBatches()
    }

    /// Takes back a step in hand.
    package func change(convolution: ConvolutionPrecision) throws(TrainingError) {
        executor = try Self.makeExecutor(network, loss, batchSize, convolution, dataset, workers)
        self.convolution = convolution
        rewind()
    }

    /// Takes back a step in hand. Everything else stays, but losses of different kinds cannot be compared.
    ///
    /// - Throws: `TrainingError.output` if it does not fit the model or the labels; then nothing has changed.
    package func change(loss: any Loss) throws(TrainingError) {
        try Self.check(network, loss, dataset)
        executor = try Self.makeExecutor(network, loss, batchSize, convolution, dataset, workers)
        self.loss = loss
        rewind()
    }

    /// An epoch in hand starts over with the new images.
    ///
    /// - Throws: `TrainingError.imageShape` or `.output` if the model does not fit them, `.emptySet`, or
    ///   `.batchTooLarge`; then nothing has changed.
    package func change(dataset: Dataset, normalization: Normalization? = nil) throws(TrainingError) {
        try Self.check(network, loss, dataset)
        executor = try Self.makeExecutor(network, loss, batchSize, convolution, dataset, workers)
        self.dataset = dataset
        self.normalization = normalization ?? Normalization(measuring: dataset.train)
        position.image = 0
        position.totals = EpochTotals()
        dropBatches()
    }

    /// The schedule's rate for the next step, unless an experiment tries another.
    package var rate: Double {
        if let triedRate { return triedRate }
        let part = Double(position.image) / Double(max(dataset.train.count, 1))
        let factor = schedule.factor(at: Double(position.epoch - scheduleStart) + part)
        return optimizer.settings.rate * factor
    }

    /// Takes over a schedule with its start, from a state.
    func resume(_ schedule: any Schedule, start: Int) {
        self.schedule = schedule
        scheduleStart = start
    }

    private static func check(_ network: Network, _ loss: any Loss, _ dataset: Dataset) throws(TrainingError)
    {
        guard !dataset.train.isEmpty else { throw .emptySet("training") }
        guard dataset.imageShape == network.input else {
            throw .imageShape(found: dataset.imageShape, model: network.name, needed: network.input)
        }
        do {
            try loss.check(output: network.output, targets: dataset.targets)
        } catch {
            throw .output(error)
        }
    }

    private static func makeExecutor(
        _ network: Network, _ loss: any Loss, _ batchSize: Int, _ convolution: ConvolutionPrecision,
        _ dataset: Dataset, _ workers: Workers
    ) throws(TrainingError) -> Executor {
        guard batchSize >= 1 else {
            throw .setting("batch", found: "\(batchSize)", allowed: "1 image or more")
        }
        let largestSet = [dataset.train, dataset.validation, dataset.test].map(\.count).max() ?? 0
        let planned = min(batchSize, largestSet)
        try check(batch: planned, of: network, fits: Memory.usable)
        return Executor(
            network, loss: loss.fitted { dataset.train.classCounts(classes: dataset.classes.count) },
            batchSize: planned, convolution: convolution, workers: workers)
    }

    /// - Throws: `TrainingError.batchTooLarge` if so many bytes are too few.
    package static func check(
        batch: Int, of network: Network, fits available: Int
    ) throws(TrainingError) {
        let needed = network.activationMemory(batchSize: batch)
        guard needed <= available else {
            throw .batchTooLarge(batch: batch, needed: needed, available: available)
        }
    }
}

extension Dataset {
    /// What a network is to tell about its images.
    var targets: Targets { Targets(classes: classes.count) }
}
