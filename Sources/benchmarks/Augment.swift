import ArgumentParser
import Datasets
import Foundation
import Tensors

/// How many images a second the batch loader makes with each augmentation, on images in memory.
struct Augment: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time each augmentation: images a second, one line each.")

    @Option(help: "Rows and columns of an image.") var size = 224
    @Option(help: "1 or 3.") var channels = 3
    @Option(help: "Threads that make batches.") var threads = 1
    @Option(help: "Seconds for each.") var seconds = 1.0

    func validate() throws {
        guard (1...4096).contains(size), [1, 3].contains(channels), (1...64).contains(threads), seconds > 0
        else {
            throw ValidationError("needs 1 to 4096 pixels, 1 or 3 channels, 1 to 64 threads, and some time")
        }
    }

    func run() throws {
        let pipelines: [[any Augmentation]] = [
            [], [Flip(probability: 1)], [Flip(), Shift()], [Crop()], [ResizedCrop()], [Rotate()],
            [Rotate(), Zoom(), Shear()], [Jitter(saturation: 0, hue: 0)], [Jitter(hue: 0)], [Jitter()],
            [Greyscale(probability: 1)], [Noise()], [Blur()], [Erase(probability: 1)], [MixUp()], [CutMix()],
            [ResizedCrop(), Flip(), Jitter()],
        ]
        let count = max(1024 * 784 / (size * size), 64)
        var random = RandomStream(key: 1)
        let shape: Shape = [size, size, channels]
        let set = ImageSet(
            imageShape: shape, pixels: (0..<count * shape.count).map { _ in UInt8(random.next() >> 56) },
            labels: [Int32](repeating: 0, count: count))
        // A long pass, because the first batches of each take new memory.
        for pipeline in pipelines { try report(set.subset((0..<4096).map { $0 % count }), pipeline) }
    }

    private func report(_ set: ImageSet, _ stages: [any Augmentation]) throws {
        let rate = try imagesPerSecond(set, AugmentationPipeline(stages))
        let name = stages.isEmpty ? "none" : stages.map { "\($0)" }.joined(separator: "; ")
        print("\(String(format: "%9.0f", rate))  \(name)")
    }

    private func imagesPerSecond(_ set: ImageSet, _ pipeline: AugmentationPipeline) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let normalization = Normalization(
            mean: [Float](repeating: 0.5, count: channels),
            deviation: [Float](repeating: 0.3, count: channels))
        var images = 0
        while clock.now < start + .seconds(seconds) {
            let loader = BatchLoader(
                set, normalization: normalization, augmentations: pipeline,
                augment: RandomStream(key: UInt64(images)), order: .sequential, batchSize: 64,
                threads: threads)
            while let batch = try loader.next() { images += batch.count }
        }
        return Double(images) / ((clock.now - start) / .seconds(1))
    }
}
