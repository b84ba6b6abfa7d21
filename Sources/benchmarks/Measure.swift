import ArgumentParser
import Datasets
import Foundation
import Networks
import Tensors
import Training

/// Cairn's half: one process, one workload, one line of JSON.
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time one of Cairn's workloads; one line of JSON.")

    @OptionGroup var workload: Workload
    @Option(help: "How convolutions may round: exact or fast.") var convolution = ConvolutionPrecision.exact

    func run() throws {
        let seconds: Double
        var images = workload.batch
        switch workload.task {
        case .train: seconds = try stepTime()
        case .infer: seconds = try inferenceTime()
        case .epoch: (seconds, images) = try epochTime()
        }
        let measurement = Measurement(
            side: "Cairn \(convolution.rawValue)", task: workload.task, net: workload.net.rawValue,
            batch: workload.batch, threads: workload.threads, milliseconds: seconds * 1000,
            imagesPerSecond: Int(Double(images) / seconds), peakMebibytes: peakMebibytes())
        print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
    }

    /// The median step of `Trainer.train`, in seconds.
    private func stepTime() throws -> Double {
        var settings = ShapeSettings()
        settings.count = workload.batch * 64
        settings.testCount = 0
        (settings.size, settings.channels) = (workload.net.input[0], workload.net.input[2])
        settings.classes = 10
        let dataset = try Dataset.shapes(settings, validation: .count(0), seed: 1)
        let trainer = try makeTrainer(dataset)

        let clock = ContinuousClock()
        let warmUpSteps = 5
        var times: [Double] = []
        let end = clock.now + .seconds(workload.seconds)
        var last = clock.now
        let shouldStop = { clock.now > end && times.count > warmUpSteps }
        trainer.train(epochs: 1_000_000, shouldStop: shouldStop) { event in
            let now = clock.now
            if case .stepped = event { times.append((now - last) / .seconds(1)) }
            last = now
        }
        return median(times.dropFirst(warmUpSteps))
    }

    /// The median forward pass, in seconds.
    private func inferenceTime() throws -> Double {
        let executor = Executor(
            try makeNetwork(), loss: CrossEntropy(), batchSize: workload.batch, convolution: convolution,
            workers: Workers(threads: workload.threads))
        var random = RandomStream(seed: 1, name: "images")
        let images = random.normal(Shape([workload.batch] + workload.net.input.extents), deviation: 1)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(workload.seconds)
        var times: [Double] = []
        while clock.now < end {
            let time = clock.measure { executor.forward(images, count: workload.batch, mode: .evaluation) }
            times.append(time / .seconds(1))
        }
        return median(times.dropFirst(min(5, times.count - 1)))
    }

    /// Seconds for one epoch of Fashion-MNIST without its validation, and how many images it has.
    private func epochTime() throws -> (Double, Int) {
        let dataset = try Dataset.fashionMNIST(seed: 1)
        let trainer = try makeTrainer(dataset, augmentations: [Flip(), Shift(pixels: 2)])
        trainer.train(epochs: 1)
        guard let epoch = trainer.history.epochs.last else { return (.nan, 0) }
        return (epoch.seconds, epoch.images)
    }

    private func makeNetwork() throws -> Network {
        try Network(
            name: workload.net.rawValue, input: workload.net.input, layers: workload.net.layers,
            initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
    }

    private func makeTrainer(_ dataset: Dataset, augmentations: [any Augmentation] = []) throws -> Trainer {
        try Trainer(
            try makeNetwork(), optimizer: SGD(rate: 0.01, momentum: 0.9), dataset: dataset,
            augmentations: augmentations, batchSize: workload.batch, convolution: convolution, seed: 1,
            workers: Workers(threads: workload.threads))
    }

    private func median(_ times: some Sequence<Double>) -> Double {
        let sorted = times.sorted()
        return sorted[sorted.count / 2]
    }
}

/// Of resident memory, so far.
func peakMebibytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}
