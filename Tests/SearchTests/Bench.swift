import Datasets
import Foundation
import Networks
import Search
import Tensors
import TestSupport
import Training

/// Small trainers for searches, with everything that has a state: batch norm, dropout, augmentation.
enum Bench {
    static let data: Dataset = {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (100, 20, 10, 3)
        guard let data = try? Dataset.shapes(settings, seed: 1) else {
            preconditionFailure("the settings are valid")
        }
        return data
    }()

    static func makeTrainer(
        rate: Double = 0.01, filters: Int = 4, batchSize: Int = 16, seed: UInt64 = 1
    ) throws -> Trainer {
        let layers: [any Layer] = [
            Conv2D(filters: filters, kernel: 3, padding: .same), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
            Dropout(probability: 0.25), Flatten(), Dense(units: 3),
        ]
        let network = try Network(
            name: "net", input: data.imageShape, layers: layers, initializer: .he,
            random: RandomStream(seed: seed, name: "init"))
        return try Trainer(
            network, optimizer: Adam(rate: rate), schedule: StepSchedule(every: 1, factor: 0.9),
            dataset: data, augmentations: [Flip(), Shift(pixels: 1)], batchSize: batchSize, seed: seed,
            workers: Workers(threads: 1))
    }

    static let metric = allMetrics[1]
}

/// A dimension `rate`; rates from 1 on cannot be trained.
final class RateBench: TrialMaker {
    let dimensions = [SearchDimension("rate", .numbers(1e-4...0.1, isLogarithmic: true))]
    /// Of every trial, if any.
    var stopping: EarlyStopping?
    /// How many trainings were prepared.
    private(set) var prepared = 0

    func prepare(_ configuration: Configuration, seed: UInt64) throws(TrialFailure) -> PreparedTrial {
        prepared += 1
        guard case .number(let rate) = configuration[0], rate < 1 else {
            throw TrialFailure(reason: "too fast")
        }
        guard let trainer = try? Bench.makeTrainer(rate: rate, seed: seed),
            (try? trainer.change(stopping: stopping)) != nil
        else {
            throw TrialFailure(reason: "no model")
        }
        return PreparedTrial(trainer, settings: [RunSetting("rate", "\(rate)")])
    }

    func words(for configuration: Configuration) -> String { "\(configuration)" }
}

/// All of a trainer that a search must not change, every bit.
struct Snapshot: Equatable {
    let tensors: [[UInt32]]
    let slots: [[UInt32]]
    let history: RunHistory
    let position: TrainingPosition
    let streams: RandomStreams
    let optimizerSteps: Int
    let batchSize: Int
    let rate: Double

    init(_ trainer: Trainer) {
        let state = trainer.state
        tensors = state.tensors.map { $0.exported.bits }
        slots = state.optimizer.slots.joined().joined().map(\.bits)
        history = state.history
        position = state.position
        streams = state.streams
        optimizerSteps = state.optimizer.stepCount
        batchSize = trainer.batchSize
        rate = trainer.rate
    }
}

extension Snapshot {
    /// All but the time that epochs took.
    var withoutClock: [String] {
        [
            "\(tensors)", "\(slots)", "\(history.steps)",
            "\(history.epochs.map { [$0.trainLoss, $0.trainAccuracy, $0.rate] })",
            "\([position.epoch, position.step, position.image])", "\(streams)",
            "\([optimizerSteps, batchSize])", "\(rate)",
        ]
    }
}

/// A folder that goes away with the value.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "cairn-search-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
