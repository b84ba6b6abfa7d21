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
        epoch: UInt64 = 0, threads: Int = 2
    ) -> BatchLoader {
        BatchLoader(
            set, normalization: Normalization(mean: [0], deviation: [1 / 255]),
            augmentations: AugmentationPipeline(augmentations), augment: RandomStream(key: 9).derived(epoch),
            order: order, batchSize: batchSize, startingAt: start, threads: threads)
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

    /// Every bit of a pass: images, labels, second labels and shares.
    private func content(_ loader: BatchLoader) throws -> [[Float]] {
        var content: [[Float]] = []
        while let batch = try loader.next() {
            let mix = batch.mix ?? Mix(labels: [], shares: [])
            content.append(
                Array(batch.images.scalars.prefix(batch.count * batch.images.count / batch.images.shape[0]))
                    + batch.labels.map { Float($0) } + mix.labels.map { Float($0) } + mix.shares
                    + [Float(batch.position), Float(batch.count)])
        }
        return content
    }

    @Test(arguments: [1, 30, 100])
    func theNumberOfThreadsChangesNothing(batchSize: Int) throws {
        let stages: [any Augmentation] = [
            Flip(), ResizedCrop(), Jitter(), Noise(), Rotate(), Erase(),
            BatchChoice([MixUp(), CutMix()], probability: 0.7),
        ]
        var random = RandomStream(key: 1)
        let shape: Shape = [40, 40, 3]
        let large = ImageSet(
            imageShape: shape, pixels: (0..<100 * shape.count).map { _ in UInt8(random.uniform(below: 256)) },
            labels: (0..<100).map { $0 % 7 },
            masks: (0..<160_000).map { _ in UInt8(random.uniform(below: 4)) })
        func pass(_ threads: Int) throws -> [[Float]] {
            try content(
                BatchLoader(
                    large, normalization: Normalization(measuring: large),
                    augmentations: AugmentationPipeline(stages), augment: RandomStream(key: 9),
                    order: shuffle, batchSize: batchSize, threads: threads))
        }
        let one = try pass(1)
        for threads in [2, 3, 8] { #expect(try pass(threads) == one, "\(threads)") }
    }

    /// Masks are read, moved along with the pixels, and become the labels.
    @Test func pixelsOfASegmentationSetHaveLabels() throws {
        let set = ImageSet(
            imageShape: [2, 3, 1], pixels: (0..<30).map { $0 % 6 }, labels: [Int32](repeating: 0, count: 5),
            masks: (0..<30).map { $0 % 6 })
        let loader = BatchLoader(
            set, normalization: Normalization(mean: [0], deviation: [1 / 255]),
            augmentations: AugmentationPipeline([Flip(probability: 1), Shift(pixels: 1)]), order: .sequential,
            batchSize: 3)
        var counts: [Int] = []
        while let batch = try loader.next() {
            #expect(batch.labels.map { Float($0) } == Array(batch.images.scalars.prefix(batch.labels.count)))
            #expect(batch.labels.count == 6 * batch.count)
            counts.append(batch.count)
        }
        #expect(counts == [3, 2])
    }

    /// A batch as it is, and as `stage` makes it.
    private func mixed(_ stage: any Augmentation, batchSize: Int = 5, masks: Bool = false) throws -> (
        Batch, Batch
    ) {
        let set = ImageSet(
            imageShape: [6, 8, 1], pixels: (0..<10).flatMap { [UInt8](repeating: $0 + 1, count: 48) },
            labels: (0..<10).map { $0 }, masks: masks ? (0..<480).map { UInt8($0 / 48 + 1) } : nil)
        func batch(_ stages: [any Augmentation]) throws -> Batch {
            try #require(
                try BatchLoader(
                    set, normalization: Normalization(mean: [0], deviation: [1 / 255]),
                    augmentations: AugmentationPipeline(stages), augment: RandomStream(key: 9),
                    order: .sequential, batchSize: batchSize
                ).next())
        }
        return (try batch([]), try batch([stage]))
    }

    @Test(arguments: [1, 2, 5])
    func mixUpBlendsNeighbours(batchSize: Int) throws {
        let (plain, batch) = try mixed(MixUp(), batchSize: batchSize)
        let mix = try #require(batch.mix)
        let share = try #require(mix.shares.first)
        #expect(mix.shares == [Float](repeating: share, count: batchSize))
        #expect(batch.labels == plain.labels)
        #expect(mix.labels == [plain.labels.last] + plain.labels.dropLast())
        for image in 0..<batchSize {
            let other = (image + batchSize - 1) % batchSize
            for pixel in 0..<48 {
                let expected =
                    share * plain.images.scalars[image * 48 + pixel]
                    + (1 - share) * plain.images.scalars[other * 48 + pixel]
                #expect(abs(batch.images.scalars[image * 48 + pixel] - expected) < 1e-5)
            }
        }
    }

    @Test func cutMixPutsAPartOfOneOverTheOther() throws {
        let (plain, batch) = try mixed(CutMix(alpha: 1000))
        let mix = try #require(batch.mix)
        #expect(mix.labels == [4, 0, 1, 2, 3])
        for image in 0..<5 {
            let pixels = batch.images.scalars[image * 48..<image * 48 + 48]
            let (own, other) = (Float(image + 1), Float((image + 4) % 5 + 1))
            #expect(pixels.allSatisfy { $0 == own || $0 == other })
            #expect(abs(mix.shares[image] - Float(pixels.count { $0 == own }) / 48) < 1e-6)
        }
        #expect(mix.shares[0] > 0 && mix.shares[0] < 1 && plain.mix == nil)
    }

    @Test func cutMixTakesThePixelsLabelsAlong() throws {
        let (_, batch) = try mixed(CutMix(alpha: 1000), masks: true)
        #expect(batch.mix == nil)
        #expect(batch.labels.map { Float($0) } == batch.images.scalars)
        #expect(Set(batch.labels.prefix(48)) == [1, 5])
        let (plain, blended) = try mixed(MixUp(), masks: true)
        #expect(blended.mix?.labels == Array(plain.labels.suffix(48) + plain.labels.dropLast(48)))
        #expect(blended.mix?.shares.count == 5)
    }

    @Test func batchesAreMixedAsOftenAsItSays() throws {
        let loader = loader(shuffle, batchSize: 1, augmentations: [MixUp(probability: 0.3)])
        var count = 0
        while let batch = try loader.next() { count += batch.mix == nil ? 0 : 1 }
        #expect((15...45).contains(count), "\(count) of 100")
    }

    /// Files of which some cannot be read.
    private struct BrokenStore: ImageStore {
        let imageShape: Shape = [2, 2, 1]
        let count = 60
        let hasMasks = false
        let isInMemory = false
        let unreadable = UnreadableFiles(.error)

        func read(
            _ index: Int, choosing chooser: (any RegionChooser)?, into room: ImageRoom
        ) throws(DatasetError) {
            if [25, 27, 41].contains(index) {
                throw DatasetError(.empty, file: DataFile("\(index)", as: .inFolder))
            }
            room.pixels.update(repeating: 0)
        }
    }

    /// The batches before the first broken image come, whoever was how far; then its error, and again.
    @Test(arguments: [1, 2, 8], [1, 10, 60])
    func theFirstImageThatCannotBeReadIsTheError(threads: Int, batchSize: Int) throws {
        let set = ImageSet(store: BrokenStore(), labels: [Int32](repeating: 0, count: 60))
        let loader = BatchLoader(
            set, normalization: .off(channels: 1), order: .sequential, batchSize: batchSize, threads: threads)
        for position in stride(from: 0, to: 25 / batchSize * batchSize, by: batchSize) {
            #expect(try loader.next()?.position == position)
        }
        let error = DatasetError(.empty, file: DataFile("25", as: .inFolder))
        #expect(throws: error) { try loader.next() }
        #expect(throws: error) { try loader.next() }
    }
}
