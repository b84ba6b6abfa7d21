import ArgumentParser
import Datasets
import Foundation
import Tensors

/// Cairn's half of the comparison with torchvision: how many images a second a folder of JPEG files yields, each
/// decoded, a random part of it scaled to 224x224, flipped, jittered and normalised.
struct Load: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time how fast a folder of JPEG files becomes batches; one line of JSON.")

    @Argument(help: "The folder, with a folder for each class.") var folder: String
    @Option(help: "Threads that make batches.") var workers = 2
    @Option(help: "Images in a batch.") var batch = 64
    @Option(help: "Seconds of measuring.") var seconds = 5.0

    func validate() throws {
        guard (1...64).contains(workers), (1...1024).contains(batch), seconds > 0 else {
            throw ValidationError("needs 1 to 64 workers, 1 to 1024 images, and some time")
        }
    }

    func run() throws {
        var settings = FileSettings()
        // Each image is decoded each time.
        settings.mostCachedBytes = 0
        let set = try DataSource.folder(folder, settings).splits.pool
        let normalization = Normalization(mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
        let pipeline = AugmentationPipeline([
            ResizedCrop(), Flip(), Jitter(brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1),
        ])
        var (images, time) = (0, Duration.zero)
        for epoch in 0... {
            // The first epoch warms up.
            let start = ContinuousClock.now
            let loader = BatchLoader(
                set, normalization: normalization, augmentations: pipeline,
                augment: RandomStream(key: UInt64(epoch)),
                order: .shuffled(RandomStream(key: UInt64(epoch))), batchSize: batch, threads: workers)
            while try loader.next() != nil {}
            if epoch == 0 { continue }
            images += set.count
            time += ContinuousClock.now - start
            if time > .seconds(seconds) { break }
        }
        let measurement = LoadMeasurement(
            side: "Cairn", workers: workers, imagesPerSecond: Double(images) / (time / .seconds(1)))
        print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
    }
}

/// One process's answer, a line of JSON on its standard output. `scripts/reference/load_bench.py` prints the same.
struct LoadMeasurement: Codable {
    var side: String
    var workers: Int
    var imagesPerSecond: Double

    enum CodingKeys: String, CodingKey {
        case side, workers
        case imagesPerSecond = "images_per_second"
    }
}
