import ArgumentParser
import Datasets
import Foundation
import Networks
import Tensors
import Training

/// Times Cairn's training step as `train` runs it, batches made in the background included.
struct Step: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Time Cairn's training step; one line of JSON.")

    @OptionGroup var workload: Workload

    func run() throws {
        var settings = ShapeSettings()
        settings.count = workload.batch * 64
        settings.testCount = 0
        (settings.size, settings.channels, settings.classes) = (
            workload.net.input[0], workload.net.input[2], 10
        )
        let dataset = try Dataset.shapes(settings, validation: .count(0), seed: 1)
        let network = try Network(
            name: workload.net.rawValue, input: dataset.imageShape, layers: workload.net.layers,
            initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        let trainer = try Trainer(
            network, optimizer: SGD(rate: 0.01, momentum: 0.9), dataset: dataset, batchSize: workload.batch,
            convolution: workload.convolution, seed: 1,
            workers: Workers(threads: workload.threads))

        let clock = ContinuousClock()
        var times: [Double] = []
        let warmUpSteps = 5
        let end = clock.now + .seconds(workload.seconds)
        var last = clock.now
        _ = trainer.train(epochs: 1_000_000, shouldStop: { clock.now > end && times.count > warmUpSteps }) {
            event in
            guard case .stepped = event else {
                last = clock.now
                return
            }
            let now = clock.now
            times.append((now - last) / .milliseconds(1))
            last = now
        }
        let steady = times.dropFirst(warmUpSteps).sorted()
        let median = steady[steady.count / 2]
        let measurement = Measurement(
            side: "Cairn", net: workload.net.rawValue, batch: workload.batch, threads: workload.threads,
            milliseconds: (median * 1000).rounded() / 1000,
            imagesPerSecond: Int(Double(workload.batch) / median * 1000), peakMemory: Step.peakMemory)
        print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
    }

    private static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
