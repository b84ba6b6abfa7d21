import Datasets
import Tensors
import Testing

struct BatchLoaderTests {
    /// Images of 2x2 pixels that all have their own number.
    private let set = ImageSet(
        imageShape: [2, 2, 1], pixels: (0..<100).flatMap { [UInt8](repeating: $0, count: 4) },
        labels: (0..<100).map { $0 % 7 })
    private let shuffle = BatchOrder.shuffled(RandomStream(key: 3))

    private func loader(
        _ order: BatchOrder, batchSize: Int, from start: Int = 0, augmentations: [any Augmentation] = [],
        epoch: UInt64 = 0
    ) -> BatchLoader {
        BatchLoader(
            set, normalization: Normalization(mean: [0], deviation: [1 / 255]),
            augmentations: AugmentationPipeline(augmentations), augment: RandomStream(key: 9).derived(epoch),
            order: order, batchSize: batchSize, startingAt: start)
    }

    /// Every image of a pass with its label, in order.
    private func images(_ loader: BatchLoader) throws -> [[Float]] {
        var images: [[Float]] = []
        while let batch = try loader.next() {
            let scalars = batch.images.scalars
            #expect(batch.position + batch.count <= set.count)
            images += (0..<batch.count).map {
                Array(scalars[$0 * 4..<$0 * 4 + 4]) + [Float(batch.labels[$0])]
            }
        }
        return images
    }

    @Test(arguments: [1, 3, 7, 50, 99, 100, 101, 5000])
    func aPassHasEveryImageOnce(batchSize: Int) throws {
        let inOrder = (0..<100).map { [Float](repeating: Float($0), count: 4) + [Float($0 % 7)] }
        #expect(try images(loader(.sequential, batchSize: batchSize)) == inOrder)
        let shuffled = try images(loader(shuffle, batchSize: batchSize))
        #expect(shuffled != inOrder)
        #expect(shuffled.sorted { $0[0] < $1[0] } == inOrder)
    }

    @Test(arguments: [1, 7, 100])
    func theBatchSizeAndTheStartChangeNoImage(batchSize: Int) throws {
        let augmentations: [any Augmentation] = [Flip(), Shift(pixels: 1)]
        let whole = try images(loader(shuffle, batchSize: 16, augmentations: augmentations))
        for start in [0, 1, 48, 99, 100] {
            let part = try images(
                loader(shuffle, batchSize: batchSize, from: start, augmentations: augmentations))
            #expect(part == Array(whole[start...]))
        }
    }

    @Test func anotherEpochAugmentsOtherwise() throws {
        func pass(_ epoch: UInt64) throws -> [[Float]] {
            try images(loader(.sequential, batchSize: 10, augmentations: [Shift(pixels: 1)], epoch: epoch))
        }
        #expect(try pass(0) == pass(0))
        #expect(try pass(0) != pass(1))
    }

    @Test func theLastBatchIsWhatIsLeft() throws {
        let loader = loader(.sequential, batchSize: 30)
        var counts: [Int] = []
        while let batch = try loader.next() { counts.append(batch.count) }
        #expect(counts == [30, 30, 30, 10])
        #expect(try loader.next() == nil)
    }

    @Test func anEmptySetHasNoBatch() throws {
        let loader = BatchLoader(
            set.subset([]), normalization: .off(channels: 1), order: .sequential, batchSize: 3)
        #expect(try loader.next() == nil)
    }

    @Test func memoryIsUsedAgain() throws {
        let loader = loader(shuffle, batchSize: 1)
        var addresses: Set<UnsafePointer<Float>> = []
        while let batch = try loader.next() {
            batch.images.withUnsafeBufferPointer { if let base = $0.baseAddress { addresses.insert(base) } }
        }
        #expect(addresses.count <= 3)
    }

    @Test func aKeptBatchNeverChanges() throws {
        let loader = loader(.sequential, batchSize: 10)
        let first = try #require(try loader.next())
        while try loader.next() != nil {}
        #expect(first.images.scalars == (0..<10).flatMap { [Float](repeating: Float($0), count: 4) })
    }

    @Test func canBeLeftAtAnyTime() throws {
        for taken in 0..<60 {
            let loader = loader(shuffle, batchSize: 2, augmentations: [Flip()])
            for _ in 0..<taken % 12 { _ = try loader.next() }
        }
    }
}
