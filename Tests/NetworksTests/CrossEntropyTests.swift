import Networks
import Tensors
import TestSupport
import Testing

struct CrossEntropyTests {
    private func evaluate(
        _ logits: Tensor, _ labels: [Int32], scale: Float
    ) -> (sum: Double, correct: Int, gradient: Tensor) {
        let gradient = Buffer<Float>(zeros: logits.count)
        let labels = Buffer(labels)
        let (sum, correct) = logits.withUnsafeBufferPointer { logits -> (Double, Int) in
            guard let base = logits.baseAddress else { return (0, 0) }
            return CrossEntropy().evaluate(
                rows: labels.count, outputs: logits.count / labels.count, output: base,
                labels: labels.pointer,
                scale: scale, gradient: gradient.pointer)
        }
        return (sum, correct, Tensor(logits.shape, copying: gradient.pointer))
    }

    @Test(arguments: ["plain", "one-class", "many-classes", "extreme", "ties"])
    func matchesPyTorch(name: String) throws {
        let fixture = try Fixture("cross-entropy")
        let logits = try fixture["\(name).logits"]
        let labels = try fixture["\(name).labels"].scalars.map { Int32($0) }
        let found = evaluate(logits, labels, scale: 1 / Float(labels.count))
        let loss = Tensor([1], [Float(found.sum / Double(labels.count))])
        #expect(relativeDifference(loss, try fixture["\(name).loss"]) <= 1e-5)
        #expect(relativeDifference(found.gradient, try fixture["\(name).gradient"]) <= 1e-4)
        #expect(Float(found.correct) == (try fixture["\(name).correct"].scalars[0]))
    }

    @Test(arguments: allLosses.map { $0.kind })
    func everyLossHasAFixture(kind: String) throws {
        #expect(try !Fixture(kind).tensors.isEmpty)
    }

    @Test func nanInTheLogitsIsNotHidden() {
        #expect(evaluate(Tensor([1, 3], [0, .nan, 0]), [0], scale: 1).sum.isNaN)
    }

    @Test func outputHasToFitTheClasses() throws {
        try CrossEntropy().check(output: [10], classes: 10)
        #expect(throws: LossError(loss: "cross-entropy", output: [9], classes: 10)) {
            try CrossEntropy().check(output: [9], classes: 10)
        }
        // Ten numbers, but not as a row.
        #expect(throws: LossError.self) { try CrossEntropy().check(output: [1, 1, 10], classes: 10) }
    }

    @Test(
        arguments: [
            ([9], "the model ends in 9, but 10 classes need 10 numbers: end the model with `dense 10`"),
            (
                [5, 5, 8],
                "the model ends in 5x5x8, but 10 classes need 10 numbers: end the model with `flatten` and `dense 10`"
            ),
        ] as [(Shape, String)])
    func errorSaysWhatToType(output: Shape, text: String) {
        #expect(LossError(loss: "cross-entropy", output: output, classes: 10).description == text)
    }
}
