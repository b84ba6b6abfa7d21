import Datasets
import Tensors
import Testing

/// The Debian package that `scripts/setup` installs.
struct FashionMNISTTests {
    @Test func isSplitAndNamed() throws {
        let data = try Dataset.fashionMNIST(seed: 1)
        #expect([data.train.count, data.validation.count, data.test.count] == [55_000, 5_000, 10_000])
        #expect(data.imageShape == [28, 28, 1])
        #expect(data.train.classCounts(classes: 10) == Array(repeating: 5_500, count: 10))
        #expect(data.isBalanced && data.emptyClasses.isEmpty)
        // The first test image is known to be an ankle boot with an empty corner.
        #expect(data.classes[data.test.label(at: 0)] == "ankle boot")
        #expect(try data.test.image(at: 0)[0] == 0)
        // Known for the whole set: 0.2860 and 0.3530.
        let normalization = Normalization(measuring: data.train.subset(0..<1000))
        #expect(abs(normalization.mean[0] - 0.286) < 0.01)
        #expect(abs(normalization.deviation[0] - 0.353) < 0.01)
    }

    /// The share for validation stays what it is: a twelfth.
    @Test(arguments: [(2000, 1833, 167, 2000), (6, 5, 1, 6), (1_000_000, 55_000, 5000, 10_000)])
    func canBeLimited(limit: Int, train: Int, validation: Int, test: Int) throws {
        let data = try Dataset.fashionMNIST(limit: limit, seed: 1)
        #expect([data.train.count, data.validation.count, data.test.count] == [train, validation, test])
        let counts = zip(data.train.classCounts(classes: 10), data.validation.classCounts(classes: 10)).map(+)
        #expect(counts.allSatisfy { abs($0 - min(limit, 60_000) / 10) <= 1 })
    }

    @Test func aLimitIsHeldAgainstTheValidation() throws {
        let data = try Dataset.fashionMNIST(limit: 2000, validation: .count(500), seed: 1)
        #expect(data.train.count == 1500 && data.validation.count == 500)
        #expect(
            throws: DatasetError(
                .setting("validation", found: "5000", allowed: "fewer than the 2000 images there are"))
        ) { try Dataset.fashionMNIST(limit: 2000, validation: .count(5000), seed: 1) }
        #expect(throws: DatasetError(.setting("limit", found: "0", allowed: "1 image or more"))) {
            try Dataset.fashionMNIST(limit: 0, seed: 1)
        }
    }
}
