import Datasets
import Tensors
import Testing

struct SamplingTests {
    /// One pixel an image, its class; 900, 90 and 10 of them.
    private let set: ImageSet = {
        let labels = [(0, 900), (1, 90), (2, 10)].flatMap { [Int32](repeating: Int32($0), count: $1) }
        return ImageSet(imageShape: [1, 1, 1], pixels: labels.map { UInt8($0) }, labels: labels)
    }()

    private func labels(_ sampling: Sampling, key: UInt64 = 1, from start: Int = 0, batchSize: Int = 64)
        throws -> [Int32]
    {
        try sampling.check(set, classes: 3)
        let loader = BatchLoader(
            set, normalization: .off(channels: 1),
            order: sampling.order(of: set, classes: 3, RandomStream(key: key)), batchSize: batchSize,
            startingAt: start)
        var labels: [Int32] = []
        while let batch = try loader.next() { labels += batch.labels }
        return labels
    }

    private func share(of label: Int32, _ labels: [Int32]) -> Double {
        Double(labels.count { $0 == label }) / Double(labels.count)
    }

    @Test func shuffledTakesEachOnce() throws {
        #expect(try labels(.shuffled).sorted() == set.labels)
    }

    private static let draws: [(Sampling, [Double])] = [
        (.balanced, [1.0 / 3, 1.0 / 3, 1.0 / 3]), (.weighted([1, 1, 1]), [0.9, 0.09, 0.01]),
        (.weighted([0, 1, 9]), [0, 0.5, 0.5]), (.weighted([1, 10, 0]), [0.5, 0.5, 0]),
    ]

    /// Shares of 10 epochs of 1000 draws, within five standard deviations.
    @Test(arguments: draws.indices)
    func drawsByWeight(index: Int) throws {
        let (sampling, shares) = Self.draws[index]
        let drawn = try (0..<10).flatMap { try labels(sampling, key: $0) }
        #expect(drawn.count == 10_000)
        for (label, expected) in shares.enumerated() {
            let deviation = (expected * (1 - expected) / 10_000).squareRoot()
            #expect(abs(share(of: Int32(label), drawn) - expected) <= 5 * deviation)
        }
    }

    @Test func dependsOnTheStreamOnly() throws {
        let all = try labels(.balanced)
        #expect(try labels(.balanced) == all && labels(.balanced, key: 2) != all)
        #expect(try labels(.balanced, from: 300, batchSize: 7) == Array(all[300...]))
    }

    /// An image that comes again is augmented otherwise.
    @Test func repeatedImagesAreAugmentedAnew() throws {
        let one = ImageSet(imageShape: [1, 2, 1], pixels: [0, 255, 9, 9], labels: [0, 1])
        let loader = BatchLoader(
            one.subset([Int](repeating: 0, count: 63) + [1]), normalization: .off(channels: 1),
            augmentations: AugmentationPipeline([Flip()]),
            order: Sampling.weighted([1, 0]).order(
                of: one.subset([Int](repeating: 0, count: 63) + [1]), classes: 2, RandomStream(key: 1)),
            batchSize: 64)
        let batch = try #require(try loader.next())
        let firsts = stride(from: 0, to: 128, by: 2).map { batch.images.scalars[$0] }
        #expect(Set(firsts) == [0, 1])
    }

    @Test(arguments: [
        Sampling.weighted([]), .weighted([1, 1]), .weighted([0, 0, 0]), .weighted([1, -1, 1]),
        .weighted([1, .nan, 1]), .weighted([1, .infinity, 1]),
    ])
    func otherWeightsAreRefused(sampling: Sampling) {
        let error = #expect(throws: DatasetError.self) { try sampling.check(set, classes: 3) }
        guard case .setting("weights", _, _) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func weightsNeedImages() throws {
        #expect(throws: DatasetError.self) {
            try Sampling.weighted([0, 0, 1]).check(set.subset(0..<950), classes: 3)
        }
        let masked = ImageSet(imageShape: [1, 1, 1], pixels: [1, 2], labels: [0, 0], masks: [0, 1])
        #expect(throws: DatasetError(.needsImageLabels(setting: "sample"))) {
            try Sampling.balanced.check(masked, classes: 2)
        }
        try Sampling.shuffled.check(masked, classes: 2)
    }

    @Test func printsItsDeclaration() {
        #expect(
            "\(Sampling.weighted([1, 2.5]))" == "weighted [1.0, 2.5]" && "\(Sampling.balanced)" == "balanced")
    }
}
