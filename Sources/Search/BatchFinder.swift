import Datasets
import Training

/// Measures training steps of growing batches: powers of two, until memory is out, the images are, or two sizes in a
/// row bring no gain. The trainer is as it was afterwards.
package struct BatchFinder: Sendable {
    /// The first size.
    package let smallest: Int
    package let largest: Int
    /// How long each size is measured, at least.
    package let seconds: Double

    /// A size is faster than another if it gains at least this share.
    package static let gain = 0.05

    /// - Precondition: `smallest` is at least 1 and at most `largest`.
    package init(smallest: Int = 8, largest: Int = 4096, seconds: Double = 0.5) {
        precondition(1 <= smallest && smallest <= largest, "sizes from 1 upward")
        self.smallest = smallest
        self.largest = largest
        self.seconds = seconds
    }

    /// Nil if `shouldStop`, which is asked after each update, said so. `observe` is told each size's measurement.
    ///
    /// - Throws: `DatasetError` if an image cannot be read.
    package func run(
        on trainer: Trainer, shouldStop: () -> Bool, observe: (BatchMeasurement) -> Void
    ) throws(DatasetError) -> BatchFinding? {
        var measurements: [BatchMeasurement] = []
        for size in sizes(images: trainer.dataset.train.count) {
            let outcome = try trainer.experiment { (trainer) throws(DatasetError) in
                try measure(size, on: trainer, shouldStop: shouldStop)
            }
            switch outcome {
            case .measured(let measurement):
                measurements.append(measurement)
                observe(measurement)
            case .tooLarge: return BatchFinding(measurements: measurements, end: .memory)
            case .stopped: return nil
            }
            if Self.hasNoMoreGain(measurements.map(\.imagesPerSecond)) {
                return BatchFinding(measurements: measurements, end: .noGain)
            }
        }
        return BatchFinding(measurements: measurements, end: .largest)
    }

    /// Doubled from the smallest on; larger batches than there are images cannot be.
    func sizes(images: Int) -> [Int] {
        let limit = min(largest, images)
        var sizes = [min(smallest, limit)]
        while let last = sizes.last, last * 2 <= limit { sizes.append(last * 2) }
        return sizes
    }

    /// Whether the last two are not faster than the best before them.
    static func hasNoMoreGain(_ speeds: [Double]) -> Bool {
        guard speeds.count >= 3, let best = speeds.dropLast(2).max() else { return false }
        return speeds.suffix(2).allSatisfy { $0 < best * (1 + gain) }
    }

    private enum Outcome { case measured(BatchMeasurement), tooLarge, stopped }

    private func measure(
        _ size: Int, on trainer: Trainer, shouldStop: () -> Bool
    ) throws(DatasetError) -> Outcome {
        do {
            try trainer.change(batchSize: size)
        } catch {
            return .tooLarge
        }
        // Once to touch the memory and to fill the loader; at rate 0, so that no size can diverge.
        _ = try trainer.tryStep(rate: 0)
        if shouldStop() { return .stopped }
        let start = ContinuousClock.now
        var (images, elapsed) = (0, 0.0)
        repeat {
            guard let result = try trainer.tryStep(rate: 0) else { break }
            images += result.count
            elapsed = (ContinuousClock.now - start) / .seconds(1)
            if shouldStop() { return .stopped }
        } while elapsed < seconds
        return .measured(
            BatchMeasurement(
                size: size, imagesPerSecond: Double(images) / max(elapsed, 1e-6),
                memory: trainer.network.activationMemory(batchSize: size)))
    }
}

/// How fast steps of one batch size are.
package struct BatchMeasurement: Hashable, Sendable {
    package let size: Int
    /// Of whole updates, loading included.
    package let imagesPerSecond: Double
    /// What activations and their gradients take, in bytes.
    package let memory: Int

    package init(size: Int, imagesPerSecond: Double, memory: Int) {
        self.size = size
        self.imagesPerSecond = imagesPerSecond
        self.memory = memory
    }
}

/// What a series of batch sizes showed.
package struct BatchFinding: Hashable, Sendable {
    package enum End: Hashable, Sendable {
        /// The next size does not fit into memory.
        case memory
        /// Two sizes in a row were no faster.
        case noGain
        /// The largest size allowed, or all images, came last.
        case largest
    }

    package let measurements: [BatchMeasurement]
    package let end: End

    package init(measurements: [BatchMeasurement], end: End) {
        self.measurements = measurements
        self.end = end
    }

    /// The smallest size that is about as fast as the fastest; nil if not even the smallest fits into memory.
    package var suggestion: BatchMeasurement? {
        guard let best = measurements.map(\.imagesPerSecond).max() else { return nil }
        return measurements.first { $0.imagesPerSecond * (1 + BatchFinder.gain) >= best }
    }
}
