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
    var scheduleStart = ScheduleStart()
    package private(set) var clipping: GradientClipping
    package private(set) var sampling: Sampling
    /// By the names of the network's layers.
    package internal(set) var layerRates = LayerRates() {
        didSet {
            parameterRates = network.parameterRates(layerRates)
            frozenBuffers = network.frozenBuffers(layerRates)
        }
    }
    /// What validation and tests measure in place of the weights; nil if weights are not averaged.
    package internal(set) var average: WeightAverage?
    /// Nil without early stopping.
    package internal(set) var stopping: StoppingWatch?

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
    /// Of the last backward pass, before any clipping.
    package internal(set) var gradientNorm = 0.0
    /// Likewise the squared length of each parameter's gradient, in order, also of those that do not learn.
    package internal(set) var gradientSquares: [Double]
    /// Of each parameter, and whether each running statistic stays.
    private(set) var parameterRates: [LayerRate]
    private(set) var frozenBuffers: [Bool]

    /// The normalisation is measured on the training images unless given.
    ///
    /// - Throws: `TrainingError` if the model, the data and the settings do not fit together.
    package init(
        _ network: Network, loss: any Loss = CrossEntropy(), optimizer: any OptimizerSettings,
        schedule: any Schedule = ConstantSchedule(), dataset: Dataset, normalization: Normalization? = nil,
        augmentations: [any Augmentation] = [], options: TrainingOptions = TrainingOptions(),
        batchSize: Int = 64, convolution: ConvolutionPrecision = .exact, seed: UInt64, workers: Workers
    ) throws(TrainingError) {
        try Self.check(network, loss, dataset)
        try Self.check(options.sampling, dataset)
        try schedule.check()
        try options.check()
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
        gradientSquares = network.parameters.map { _ in 0 }
        clipping = options.clipping
        sampling = options.sampling
        average = options.averaging.map { WeightAverage($0, start: 0) }
        stopping = options.stopping.map { StoppingWatch($0) }
        parameterRates = network.parameterRates(LayerRates())
        frozenBuffers = network.frozenBuffers(LayerRates())
        executor = try Self.makeExecutor(network, loss, batchSize, convolution, dataset, workers)
    }

    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(optimizer settings: any OptimizerSettings) throws(TrainingError) -> CarryOver {
        let report = try optimizer.change(to: settings, for: network.parameters)
        restartSchedule()
        return report
    }

    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(schedule: any Schedule) throws(TrainingError) {
        try schedule.check()
        self.schedule = schedule
        restartSchedule()
    }

    private func restartSchedule() {
        scheduleStart = ScheduleStart(epoch: position.epoch, step: position.step)
    }

    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(clipping: GradientClipping) throws(TrainingError) {
        try clipping.check()
        self.clipping = clipping
    }

    /// Clipping, averaging, early stopping and sampling as they were declared.
    package var options: TrainingOptions {
        var options = TrainingOptions()
        options.clipping = clipping
        options.averaging = average?.settings
        options.stopping = stopping?.settings
        options.sampling = sampling
        return options
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
        stopping?.forget()
        rewind()
    }

    /// An epoch in hand goes on in the new order.
    ///
    /// - Throws: `TrainingError.data` if the training images cannot be drawn so; then nothing has changed.
    package func change(sampling: Sampling) throws(TrainingError) {
        try Self.check(sampling, dataset)
        self.sampling = sampling
        dropBatches()
    }

    /// An epoch in hand starts over with the new images.
    ///
    /// - Throws: `TrainingError.imageShape` or `.output` if the model does not fit them, `.emptySet`,
    ///   `.batchTooLarge`, or `.data` if they cannot be sampled so; then nothing has changed.
    package func change(dataset: Dataset, normalization: Normalization? = nil) throws(TrainingError) {
        try Self.check(network, loss, dataset)
        try Self.check(sampling, dataset)
        executor = try Self.makeExecutor(network, loss, batchSize, convolution, dataset, workers)
        self.dataset = dataset
        self.normalization = normalization ?? Normalization(measuring: dataset.train)
        position.image = 0
        position.totals = EpochTotals()
        stopping?.forget()
        dropBatches()
    }

    /// Takes over what a state has beside tensors.
    func resume(_ state: TrainingState) {
        optimizer = state.optimizer
        schedule = state.schedule
        scheduleStart = state.scheduleStart
        clipping = state.clipping
        layerRates = state.layerRates
        average = state.average
        stopping = state.stopping
        streams = state.streams
        position = state.position
        history = state.history
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

    private static func check(_ sampling: Sampling, _ dataset: Dataset) throws(TrainingError) {
        do throws(DatasetError) {
            try sampling.check(dataset.train, classes: dataset.classes.count)
        } catch {
            throw .data(error)
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
        do throws(DatasetError) {
            let fitted = try loss.fitted { () throws(DatasetError) in try dataset.labelCounts }
            return Executor(
                network, loss: fitted, batchSize: planned, convolution: convolution, workers: workers)
        } catch {
            throw .data(error)
        }
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
    package var targets: Targets {
        Targets(classes: classes.count, mask: isSegmentation ? [imageShape[0], imageShape[1]] : nil)
    }

    /// How many labels of each class there are to train on: images, or pixels. Of masks that have to be decoded,
    /// those of 500 images are counted.
    ///
    /// - Throws: `DatasetError` if one of them cannot be read.
    package var labelCounts: [Int] {
        get throws(DatasetError) {
            guard isSegmentation else { return train.classCounts(classes: classes.count) }
            return try train.maskCounts(
                classes: classes.count, inAtMost: train.isInMemory ? train.count : 500)
        }
    }
}
