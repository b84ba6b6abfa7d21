import Datasets
import Glibc
import Training

/// The range test of learning rates (Smith, 2017): the rate grows by the same factor at each step, and the loss shows
/// which rates are too small to learn, which learn, and which explode.
///
/// First over a wide range, then finer over the part in which the loss falls; each over several seeds of order,
/// augmentation and dropout, whose losses are averaged. The trainer is as it was afterwards.
package struct RateFinder: Sendable {
    /// Where the wide sweep begins and ends.
    package let rates: ClosedRange<Double>
    /// Updates of each sweep.
    package let steps: Int
    package let seeds: Int

    /// A loss this many times the lowest so far has exploded.
    private static let explosion = 4.0

    /// - Precondition: rates above 0, at least 2 steps and 1 seed.
    package init(rates: ClosedRange<Double> = 1e-6...10, steps: Int = 100, seeds: Int = 3) {
        precondition(rates.lowerBound > 0 && steps >= 2 && seeds >= 1, "a sweep has rates, steps and seeds")
        self.rates = rates
        self.steps = steps
        self.seeds = seeds
    }

    /// Nil if `shouldStop`, which is asked after each update, said so. `observe` is told the share that is done.
    ///
    /// - Throws: `DatasetError` if an image cannot be read.
    package func run(
        on trainer: Trainer, seed: UInt64, shouldStop: () -> Bool, observe: (Double) -> Void
    ) throws(DatasetError) -> RateFinding? {
        guard
            let broad = try sweep(
                rates, on: trainer, seed: seed, shouldStop: shouldStop, observe: { observe($0 / 2) })
        else { return nil }
        guard let promising = broad.promisingRates(within: rates) else {
            return RateFinding(broad: broad, fine: nil)
        }
        guard
            let fine = try sweep(
                promising, on: trainer, seed: seed, shouldStop: shouldStop,
                observe: { observe(0.5 + $0 / 2) })
        else { return nil }
        return RateFinding(broad: broad, fine: fine)
    }

    /// The mean curve of all seeds, up to where the first of them exploded.
    private func sweep(
        _ range: ClosedRange<Double>, on trainer: Trainer, seed: UInt64, shouldStop: () -> Bool,
        observe: (Double) -> Void
    ) throws(DatasetError) -> RateCurve? {
        let growth = pow(range.upperBound / range.lowerBound, 1 / Double(steps - 1))
        let rates = (0..<steps).map { range.lowerBound * pow(growth, Double($0)) }
        var losses: [[Double]] = []
        for index in 0..<seeds {
            let curve = try trainer.experiment { (trainer) throws(DatasetError) -> [Double]? in
                trainer.reseed(seed &+ UInt64(index))
                return try self.losses(at: rates, on: trainer) { done in
                    observe((Double(index) + Double(done) / Double(steps)) / Double(seeds))
                    return shouldStop()
                }
            }
            guard let curve else { return nil }
            losses.append(curve)
        }
        let common = losses.map(\.count).min() ?? 0
        let means = (0..<common).map { step in losses.reduce(0) { $0 + $1[step] } / Double(seeds) }
        return RateCurve(rates: Array(rates.prefix(common)), losses: means)
    }

    private func losses(
        at rates: [Double], on trainer: Trainer, isStopped: (Int) -> Bool
    ) throws(DatasetError) -> [Double]? {
        var losses: [Double] = []
        var (average, lowest) = (0.0, Double.infinity)
        for rate in rates {
            guard let result = try trainer.tryStep(rate: rate) else { break }
            losses.append(result.meanLoss)
            // Corrected for its start at zero, as Adam's means are.
            average = 0.9 * average + 0.1 * result.meanLoss
            let smooth = average / (1 - pow(0.9, Double(losses.count)))
            lowest = min(lowest, smooth)
            if smooth > Self.explosion * lowest { break }
            if isStopped(losses.count) { return nil }
        }
        return losses
    }
}
