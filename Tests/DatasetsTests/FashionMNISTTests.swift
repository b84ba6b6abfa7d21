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
        #expect(data.isBalanced)
        // The first test image is known to be an ankle boot with an empty corner.
        #expect(data.classes[data.test.label(at: 0)] == "ankle boot")
        #expect(data.test.image(at: 0)[0] == 0)
        // Known for the whole set: 0.2860 and 0.3530.
        let normalization = Normalization(measuring: data.train.subset(0..<1000))
        #expect(abs(normalization.mean[0] - 0.286) < 0.01)
        #expect(abs(normalization.deviation[0] - 0.353) < 0.01)
    }
}
