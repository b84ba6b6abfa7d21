import FoundationEssentials
import Networks
import Tensors

/// What a saved training state holds beside tensors, as JSON.
struct StateRecord: Codable {
    static let newestFormat = 1

    let format: Int
    let optimizerKind: String
    /// JSON of its own, because only the kind says what it is.
    let optimizerSettings: String
    /// Of each parameter.
    let optimizerSteps: [Int]
    let scheduleKind: String
    let scheduleSettings: String
    let scheduleStart: ScheduleStart
    let clipping: GradientClipping
    let layerRates: LayerRates
    let average: Average?
    let stopping: Stopping?
    /// Key and counter.
    let shuffle: [UInt64]
    let augment: [UInt64]
    let dropout: [UInt64]
    let position: TrainingPosition
    let epochs: [EpochRecord]
    let setup: TrainingSetup

    /// A `WeightAverage` without its tensors.
    struct Average: Codable {
        let settings: Averaging
        let start: Int
        let count: Int

        init(_ average: WeightAverage) {
            settings = average.settings
            start = average.start
            count = average.count
        }
    }

    /// A `StoppingWatch` without its tensors.
    struct Stopping: Codable {
        struct Best: Codable {
            let epoch: Int
            let value: Double
            let average: Average?
        }

        let settings: EarlyStopping
        let best: Best?
        let epochsWithout: Int

        init(_ watch: StoppingWatch) {
            settings = watch.settings
            best = watch.best.map {
                Best(epoch: $0.epoch, value: $0.value, average: $0.average.map(Average.init))
            }
            epochsWithout = watch.epochsWithout
        }
    }

    init(_ state: TrainingState) {
        format = Self.newestFormat
        optimizerKind = type(of: state.optimizer.settings).kind
        optimizerSettings = Self.json(state.optimizer.settings)
        optimizerSteps = state.optimizer.stepCounts
        scheduleKind = type(of: state.schedule).kind
        scheduleSettings = Self.json(state.schedule)
        scheduleStart = state.scheduleStart
        clipping = state.clipping
        layerRates = state.layerRates
        average = state.average.map(Average.init)
        stopping = state.stopping.map(Stopping.init)
        shuffle = [state.streams.shuffle.key, state.streams.shuffle.counter]
        augment = [state.streams.augment.key, state.streams.augment.counter]
        dropout = [state.streams.dropout.key, state.streams.dropout.counter]
        position = state.position
        epochs = state.history.epochs
        setup = state.setup
    }

    /// - Throws: `CheckpointError` unless it is of a known format and makes sense.
    init(_ json: String, path: String) throws(CheckpointError) {
        guard let version = Self.decode(Version.self, json) else {
            throw .damaged(path: path, what: "its description is not JSON with a format number")
        }
        guard version.format >= 1 else {
            throw .damaged(path: path, what: "its format cannot be \(version.format)")
        }
        guard version.format <= Self.newestFormat else {
            throw .newerFormat(path: path, found: version.format, known: Self.newestFormat)
        }
        guard let record = Self.decode(StateRecord.self, json) else {
            throw .damaged(
                path: path, what: "its description lacks something or has something of another type")
        }
        try record.check(path: path)
        self = record
    }

    var streams: RandomStreams {
        RandomStreams(
            shuffle: RandomStream(key: shuffle[0], counter: shuffle[1]),
            augment: RandomStream(key: augment[0], counter: augment[1]),
            dropout: RandomStream(key: dropout[0], counter: dropout[1]))
    }

    /// With slots of zeros.
    func optimizer(for parameters: [Parameter], path: String) throws(CheckpointError) -> Optimizer {
        guard let kind = allOptimizers.first(where: { $0.kind == optimizerKind }) else {
            throw .unknownKind(
                path: path, what: "optimizer", found: optimizerKind, known: allOptimizers.map { $0.kind })
        }
        guard let settings = Self.decode(kind, optimizerSettings),
            var optimizer = try? Optimizer(settings, for: parameters)
        else {
            throw .damaged(path: path, what: "the settings of its optimizer `\(optimizerKind)` make no sense")
        }
        guard optimizerSteps.count == parameters.count else {
            throw .damaged(
                path: path,
                what: "its `optimizerSteps` are \(optimizerSteps.count) for \(parameters.count) parameters"
            )
        }
        optimizer.stepCounts = optimizerSteps
        return optimizer
    }

    func schedule(
        among schedules: [any Schedule.Type], path: String
    ) throws(CheckpointError) -> any Schedule {
        guard let kind = schedules.first(where: { $0.kind == scheduleKind }) else {
            throw .unknownKind(
                path: path, what: "schedule", found: scheduleKind, known: schedules.map { $0.kind })
        }
        guard let schedule = Self.decode(kind, scheduleSettings), (try? schedule.check()) != nil else {
            throw .damaged(path: path, what: "the settings of its schedule `\(scheduleKind)` make no sense")
        }
        return schedule
    }

    /// Refuses layers that the network does not have.
    func layerRates(of network: Network, path: String) throws(CheckpointError) -> LayerRates {
        let known = Set(network.layers.map(\.name))
        if let name = (layerRates.frozen + layerRates.rates.keys.sorted()).first(where: {
            !known.contains($0)
        }) {
            throw .damaged(path: path, what: "its `layerRates` name `\(name)`, and there is no such layer")
        }
        return layerRates
    }

    var encoded: String { Self.json(self) }

    private struct Version: Codable { let format: Int }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        // A run that diverged has a history too.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("every number can be written")
        }
        return String(decoding: data, as: UTF8.self)
    }

    private static func decode<T: Decodable>(_ type: T.Type, _ json: String) -> T? {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try? decoder.decode(type, from: Data(json.utf8))
    }
}
