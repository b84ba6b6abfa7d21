import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

@Suite("Cross-entropy kernel")
struct KernelLossTests {
    private struct Loss {
        var sum: Double
        var correct: Int64
        var gradient: [Float]
    }

    private func fast(_ logits: [Float], _ labels: [Int32], scale: Float, by set: KernelSet) -> Loss {
        let x = Floats(logits, misalignment: 1), gradient = Floats(poisoned: logits.count)
        var correct: Int64 = 0
        let sum = set.kernels.cross_entropy(
            labels.count, logits.count / labels.count, x.pointer, labels, scale, gradient.pointer, &correct)
        #expect(gradient.isGuardIntact)
        return Loss(sum: sum, correct: correct, gradient: gradient.scalars)
    }

    private func reference(_ logits: [Float], _ labels: [Int32], scale: Float) -> Loss {
        let x = Floats(logits), gradient = Floats(poisoned: logits.count)
        var correct: Int64 = 0
        let sum = cairn_reference_cross_entropy(
            labels.count, logits.count / labels.count, x.pointer, labels, scale, gradient.pointer, &correct)
        return Loss(sum: sum, correct: correct, gradient: gradient.scalars)
    }

    /// A softmax in floats is off by the roundings of an exponential, a sum and a division: a few times 2^-24.
    @Test(
        "loss, gradient and count equal the reference", arguments: KernelSet.all, [1, 2, 3, 10, 17, 33, 100])
    func equalsReference(set: KernelSet, classes: Int) {
        for rows in [1, 2, 33] {
            var data = TestData(seed: classes * rows)
            for magnitude in [0.01, 1, 30, 1000] as [Float] {
                let logits = data.reals(rows * classes).map { $0 * magnitude }
                let labels = (0..<rows).map { _ in Int32(data.next() % classes) }
                let actual = fast(logits, labels, scale: 0.5, by: set)
                let expected = reference(logits, labels, scale: 0.5)
                #expect(abs(actual.sum - expected.sum) <= 1e-6 * max(Double(rows), expected.sum))
                #expect(actual.correct == expected.correct)
                #expect(zip(actual.gradient, expected.gradient).allSatisfy { abs($0 - $1) <= 1e-6 })
            }
        }
    }

    @Test("the first of equal logits is the prediction, but NaN comes before all", arguments: KernelSet.all)
    func prediction(set: KernelSet) {
        #expect(fast([1, 1, 1], [0], scale: 1, by: set).correct == 1)
        #expect(fast([1, 1, 1], [1], scale: 1, by: set).correct == 0)
        #expect(fast([0, 2, 2], [1], scale: 1, by: set).correct == 1)
        #expect(fast([0, 2, .nan], [1], scale: 1, by: set).correct == 0)
        #expect(fast([0, .nan, 2], [1], scale: 1, by: set).correct == 1)
    }

    @Test(
        "a logit that is not finite makes the loss NaN or infinite, as in PyTorch",
        arguments: KernelSet.all,
        [
            ([.nan, 0, 1], Double.nan), ([0, 1, .nan], .nan), ([.infinity, 0, 1], .nan),
            ([-.infinity, 0, 0], .infinity), ([-.infinity, -.infinity, -.infinity], .nan),
        ] as [(logits: [Float], loss: Double)])
    func nonfinite(set: KernelSet, row: (logits: [Float], loss: Double)) {
        let (logits, loss) = row
        let actual = fast(logits, [0], scale: 1, by: set).sum
        #expect(loss.isNaN ? actual.isNaN : actual == loss)
    }

    @Test(
        "neither gradient nor count is needed, and the gradient may replace the logits",
        arguments: KernelSet.all)
    func options(set: KernelSet) {
        var data = TestData(seed: 1)
        let logits = data.reals(51)
        let labels: [Int32] = [1, 16, 0]
        let expected = fast(logits, labels, scale: 2, by: set)
        #expect(set.kernels.cross_entropy(3, 17, logits, labels, 2, nil, nil) == expected.sum)
        let inPlace = Floats(logits)
        let sum = set.kernels.cross_entropy(3, 17, inPlace.pointer, labels, 2, inPlace.pointer, nil)
        #expect(sum == expected.sum && inPlace.isGuardIntact)
        #expect(inPlace.scalars == expected.gradient)
    }
}
