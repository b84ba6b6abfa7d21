import Datasets
import Tensors
import Testing

struct SplitTests {
    /// One pixel an image, its number; so many images of each class, mixed.
    private func dataset(_ classCounts: [Int], validation: SplitSize, seed: UInt64 = 1) throws -> Dataset {
        let count = classCounts.reduce(0, +)
        let labels = classCounts.enumerated().flatMap { label, count in
            Array(repeating: Int32(label), count: count)
        }
        var random = RandomStream(key: 5)
        let order = random.permutation(of: count)
        let pool = ImageSet(
            imageShape: [1, 1, 1], pixels: (0..<count).map { UInt8($0) }, labels: order.map { labels[$0] })
        return try Dataset(
            name: "numbers", classes: classCounts.indices.map(String.init), pool: pool, test: pool.subset([]),
            validation: validation, seed: seed)
    }

    private func numbers(_ set: ImageSet) throws -> [UInt8] { try (0..<set.count).flatMap(set.image) }

    @Test(arguments: [[50, 50], [1, 99], [3, 5, 7, 11], [100], [0, 40, 2]], [0, 1, 7, 13])
    func keepsEachClassesShareToWithinOneImage(classCounts: [Int], validation: Int) throws {
        let data = try dataset(classCounts, validation: .count(validation))
        #expect(data.validation.count == validation)
        let total = classCounts.reduce(0, +)
        for (drawn, count) in zip(data.validation.classCounts(classes: classCounts.count), classCounts) {
            let share = Double(count * validation) / Double(total)
            #expect(abs(Double(drawn) - share) < 1, "\(drawn) of \(count)")
        }
        // Every image is in one of the two, in order.
        let (train, kept) = (try numbers(data.train), try numbers(data.validation))
        #expect((train + kept).sorted() == (0..<total).map { UInt8($0) })
        #expect(train == train.sorted() && kept == kept.sorted())
    }

    @Test func sizesAreCountsOrShares() throws {
        #expect(try dataset([50, 50], validation: .fraction(0.25)).validation.count == 25)
        #expect(try dataset([5, 4], validation: .fraction(0.5)).validation.count == 5)
        #expect(try dataset([5, 4], validation: .count(8)).train.count == 1)
    }

    @Test(arguments: [2, 3, 100])
    func aShareIsAtLeastOneImage(total: Int) throws {
        #expect(try dataset([1, total - 1], validation: .fraction(1e-9)).validation.count == 1)
        #expect(try dataset([1, total - 1], validation: .fraction(0)).validation.isEmpty)
        #expect(try dataset([1], validation: .fraction(0.1)).train.count == 1)
    }

    @Test func numbersAreSharesOrCounts() throws {
        #expect(try SplitSize(0) == .fraction(0) && SplitSize(0.999) == .fraction(0.999))
        #expect(try SplitSize(1) == .count(1) && SplitSize(5000) == .count(5000))
        // Whole, but more than there can be: an error of the split.
        #expect(try SplitSize(1e15) == .count(1_000_000_000_000_000))
    }

    @Test(arguments: [1.5, -1, -0.1, 1e300, -1e300, 0x1p63, .infinity, -.infinity, .nan])
    func otherNumbersAreRefused(number: Double) {
        let error = #expect(throws: DatasetError.self) { try SplitSize(number) }
        #expect(
            error?.reason
                == .setting(
                    "validation", found: "\(number)", allowed: "a share below 1 or a whole number of images"))
    }

    @Test(arguments: [
        SplitSize.count(9), .count(-1), .fraction(1), .fraction(-0.1), .fraction(.nan), .fraction(0.99),
    ])
    func somethingMustBeLeftToTrainOn(size: SplitSize) {
        #expect(throws: DatasetError.self) { try dataset([5, 4], validation: size) }
    }

    @Test func dependsOnTheSeedOnly() throws {
        let data = try dataset([40, 40], validation: .count(10))
        #expect(
            try numbers(try dataset([40, 40], validation: .count(10)).validation) == numbers(data.validation))
        #expect(
            try numbers(try dataset([40, 40], validation: .count(10), seed: 2).validation)
                != numbers(data.validation))
        // Splitting anew starts from all the images again.
        let other = try data.split(validation: .fraction(0.5), seed: 3).split(validation: .count(10), seed: 1)
        #expect(try numbers(other.validation) == numbers(data.validation))
    }

    @Test func namesClassesWithoutTrainingImages() throws {
        #expect(try dataset([3, 0, 4, 0], validation: .count(1)).emptyClasses == ["1", "3"])
        #expect(try dataset([3, 4], validation: .count(1)).emptyClasses.isEmpty)
    }

    @Test func saysWhetherClassesAreBalanced() throws {
        #expect(try dataset([20, 22], validation: .count(0)).isBalanced)
        #expect(try !dataset([20, 23], validation: .count(0)).isBalanced)
    }
}
