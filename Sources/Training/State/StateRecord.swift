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
    let optimizerSteps: Int
    let scheduleKind: String
    let scheduleSettings: String
    let scheduleStart: Int
    /// Key and counter.
    let shuffle: [UInt64]
    let augment: [UInt64]
    let dropout: [UInt64]
    let position: TrainingPosition
    let epochs: [EpochRecord]
    let setup: TrainingSetup

    init(_ state: TrainingState) {
        format = Self.newestFormat
        optimizerKind = type(of: state.optimizer.settings).kind
        optimizerSettings = Self.json(state.optimizer.settings)
        optimizerSteps = state.optimizer.stepCount
        scheduleKind = type(of: state.schedule).kind
        scheduleSettings = Self.json(state.schedule)
        scheduleStart = state.scheduleStart
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
        optimizer.stepCount = optimizerSteps
        return optimizer
    }

    func schedule(path: String) throws(CheckpointError) -> any Schedule {
        guard let kind = allSchedules.first(where: { $0.kind == scheduleKind }) else {
            throw .unknownKind(
                path: path, what: "schedule", found: scheduleKind, known: allSchedules.map { $0.kind })
        }
        guard let schedule = Self.decode(kind, scheduleSettings), (try? schedule.check()) != nil else {
            throw .damaged(path: path, what: "the settings of its schedule `\(scheduleKind)` make no sense")
        }
        return schedule
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
