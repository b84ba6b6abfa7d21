import Datasets
import Glibc
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// A small trainer with everything that has a state: batch norm, dropout, augmentation.
struct Bench {
    var layers: [any Layer] = [
        Conv2D(filters: 4, kernel: 3, padding: .same), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
        Dropout(probability: 0.25), Flatten(), Dense(units: 3),
    ]
    var optimizer: any OptimizerSettings = Adam(rate: 0.01)
    var schedule: any Schedule = StepSchedule(every: 1, factor: 0.9)
    var augmentations: [any Augmentation] = [Flip(), Shift(pixels: 1)]
    var normalization: Normalization?
    var options = TrainingOptions()
    var batchSize = 16
    var threads = 1
    var seed: UInt64 = 1
    var data = Bench.shapes

    /// 90 images to train on, 10 to validate with, 20 to test with, of three classes.
    static let shapes: Dataset = {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (100, 20, 10, 3)
        guard let data = try? Dataset.shapes(settings, seed: 1) else {
            preconditionFailure("the settings are valid")
        }
        return data
    }()

    func make() throws -> Trainer {
        let network = try Network(
            name: "net", input: data.imageShape, layers: layers, initializer: .he,
            random: RandomStream(seed: seed, name: "init"))
        return try Trainer(
            network, optimizer: optimizer, schedule: schedule, dataset: data, normalization: normalization,
            augmentations: augmentations, options: options, batchSize: batchSize, seed: seed,
            workers: Workers(threads: threads)
        )
    }
}

extension Trainer {
    /// None without an average.
    var averagedWeights: [Tensor] {
        guard average?.isEmpty == false else { return [] }
        let weights = try? withAveragedWeights(shouldStop: { false }) {
            (network.parameters + network.buffers).map(\.value)
        }
        return weights ?? []
    }

    /// Trains until that many updates have been made in all.
    @discardableResult
    func train(untilStep step: Int) -> TrainingOutcome {
        train(epochs: 1000, shouldStop: { self.position.step >= step })
    }
}

/// What two runs that are the same must have in common: every bit but the clock's.
struct Trace: Equatable {
    let tensors: [String: [UInt32]]
    /// What tests would measure in place of the weights.
    let averaged: [[UInt32]]
    let slots: [[UInt32]]
    let steps: [StepRecord]
    let epochs: [[Double?]]
    let counters: [Int]

    init(_ trainer: Trainer) {
        let state = trainer.state
        tensors = Dictionary(uniqueKeysWithValues: state.tensors.map { ($0.name, $0.exported.bits) })
        averaged = trainer.averagedWeights.map(\.bits)
        slots = state.optimizer.slots.joined().joined().map(\.bits)
        steps = state.history.steps
        epochs = state.history.epochs.map {
            [$0.trainLoss, $0.trainAccuracy, $0.validationLoss, $0.validationAccuracy, Double($0.rate)]
        }
        counters =
            [state.position.epoch, state.position.step, state.position.image] + state.optimizer.stepCounts
    }
}

/// A path for a file of a test's own.
func withTemporaryFile<R>(_ body: (String) throws -> R) throws -> R {
    var template = Array("/tmp/cairn-training-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    defer {
        unlink("\(folder)/run.safetensors")
        rmdir(folder)
    }
    return try body("\(folder)/run.safetensors")
}
