import Networks
import Testing
import Training

@testable import Search

/// Finders leave no trace, and what they suggest follows from the curve.
struct FinderTests {
    /// Fresh, in the middle of an epoch, at its end, and with a step in hand.
    static let places: [@Sendable (Trainer) throws -> Void] = [
        { _ in },
        { trainer in trainer.train(epochs: 9, shouldStop: { trainer.position.step >= 3 }) },
        { trainer in trainer.train(epochs: 2) },
        { trainer in
            trainer.train(epochs: 1)
            try trainer.forward()
            trainer.backward()
        },
    ]

    @Test(arguments: places.indices)
    func aRangeTestLeavesNoTrace(_ place: Int) throws {
        let (trainer, untouched) = (try Bench.makeTrainer(), try Bench.makeTrainer())
        try Self.places[place](trainer)
        try Self.places[place](untouched)
        let before = Snapshot(trainer)
        let finder = RateFinder(steps: 20, seeds: 2)
        #expect(try finder.run(on: trainer, seed: 1, shouldStop: { false }, observe: { _ in }) != nil)
        #expect(Snapshot(trainer).withoutClock == before.withoutClock)
        trainer.train(epochs: 1)
        untouched.train(epochs: 1)
        #expect(Snapshot(trainer).withoutClock == Snapshot(untouched).withoutClock)
    }

    @Test(arguments: places.indices)
    func measuringBatchesLeavesNoTrace(_ place: Int) throws {
        let trainer = try Bench.makeTrainer()
        try Self.places[place](trainer)
        let before = Snapshot(trainer)
        let finding = try BatchFinder(seconds: 0.001).run(
            on: trainer, shouldStop: { false }, observe: { _ in })
        #expect(Snapshot(trainer).withoutClock == before.withoutClock)
        let sizes = try #require(finding).measurements.map(\.size)
        #expect(sizes == Array([8, 16, 32, 64].prefix(sizes.count)) && sizes.count >= 3)
    }

    @Test func stoppingLeavesNoTraceEither() throws {
        let trainer = try Bench.makeTrainer()
        let before = Snapshot(trainer)
        var questions = 0
        let isTired = {
            questions += 1
            return questions == 7
        }
        #expect(
            try RateFinder(steps: 20).run(on: trainer, seed: 1, shouldStop: isTired, observe: { _ in }) == nil
        )
        #expect(Snapshot(trainer) == before)
        questions = 5
        #expect(
            try BatchFinder(seconds: 0.001).run(on: trainer, shouldStop: isTired, observe: { _ in }) == nil)
        #expect(Snapshot(trainer) == before)
    }

    @Test func theSameSeedFindsTheSame() throws {
        func find(_ seed: UInt64) throws -> RateFinding? {
            try RateFinder(steps: 20, seeds: 2).run(
                on: Bench.makeTrainer(), seed: seed, shouldStop: { false }, observe: { _ in })
        }
        #expect(try find(3) == find(3))
        #expect(try find(3) != find(4))
    }

    // MARK: Curves

    private static let rates = (0..<60).map { 1e-6 * pow10(Double($0) / 10) }

    private static func pow10(_ exponent: Double) -> Double {
        var (whole, result) = (Int(exponent), 1.0)
        while whole > 0 { (whole, result) = (whole - 1, result * 10) }
        let steps = Int(((exponent - Double(Int(exponent))) * 10).rounded())
        for _ in 0..<steps { result *= 1.258_925_411_794_167_2 }
        return result
    }

    /// Flat up to index 20, falling until 40, exploding after.
    private static let valley = rates.indices.map { index in
        index < 20 ? 2 : index <= 40 ? 2 - 0.08 * Double(index - 20) : 0.4 + Double(index - 40)
    }

    @Test func aValleyGivesARange() throws {
        let curve = RateCurve(rates: Self.rates, losses: Self.valley)
        let descent = try #require(curve.descent)
        #expect(
            (18...23).contains(descent.start) && (20...38).contains(descent.steepest)
                && (36...41).contains(descent.lowest))
        let suggestion = try #require(RateFinding(broad: curve, fine: nil).suggestion)
        #expect(suggestion.low <= suggestion.high && suggestion.high <= suggestion.lowest)
        #expect(suggestion.high == max(suggestion.start, suggestion.lowest / 10))
        let promising = try #require(curve.promisingRates(within: 1e-6...10))
        #expect(promising.contains(suggestion.low) && promising.contains(suggestion.lowest))
        // The explosion is cut off soon after the lowest loss.
        #expect((38...46).contains(curve.calmCount))
    }

    /// Flat, rising, noisy without a trend, too short: no rate is better than another.
    @Test(arguments: [
        rates.map { _ in 2.0 }, rates.indices.map { 2 + Double($0) / 10 },
        rates.indices.map { $0 % 2 == 0 ? 2 : 2.3 }, [2, 1], [2], [],
    ])
    func noDescentGivesNothing(_ losses: [Double]) {
        let curve = RateCurve(rates: Array(Self.rates.prefix(losses.count)), losses: losses)
        #expect(RateFinding(broad: curve, fine: nil).suggestion == nil)
        #expect(curve.calmCount <= losses.count)
    }

    @Test(arguments: [
        ([1.0, 2, 4], false), ([1, 2, 2.05, 2.06], true), ([1, 2, 2.05], false), ([4, 3, 2], true),
        ([4, 3, 5], false), ([], false),
    ])
    func gainEndsTheSeries(_ speeds: [Double], _ ends: Bool) {
        #expect(BatchFinder.hasNoMoreGain(speeds) == ends)
    }

    @Test(arguments: [
        (8, 4096, 100, [8, 16, 32, 64]), (8, 20, 100, [8, 16]), (8, 8, 100, [8]), (8, 64, 5, [5]),
    ])
    func sizesDouble(_ smallest: Int, _ largest: Int, _ images: Int, _ sizes: [Int]) {
        #expect(BatchFinder(smallest: smallest, largest: largest).sizes(images: images) == sizes)
    }

    @Test func theSmallestFastSizeIsSuggested() {
        let finding = BatchFinding(
            measurements: [(8, 50.0), (16, 97), (32, 100)].map {
                BatchMeasurement(size: $0, imagesPerSecond: $1, memory: 1)
            }, end: .noGain)
        #expect(finding.suggestion?.size == 16)
        #expect(BatchFinding(measurements: [], end: .memory).suggestion == nil)
    }
}
