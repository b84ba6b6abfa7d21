import CKernels
import Tensors

/// Softmax cross-entropy on logits: `-log(exp(z_label) / sum over classes of exp(z))`, PyTorch's `CrossEntropyLoss`.
package struct CrossEntropy: Loss, Hashable {
    package static let kind = "cross-entropy"

    package init() {}

    package func check(output: Shape, classes: Int) throws(LossError) {
        guard output.extents == [classes] else {
            throw LossError(loss: Self.kind, output: output, classes: classes)
        }
    }

    package func evaluate(
        rows: Int, outputs: Int, output: UnsafePointer<Float>, labels: UnsafePointer<Int32>, scale: Float,
        gradient: UnsafeMutablePointer<Float>?
    ) -> (sum: Double, correct: Int) {
        var correct: Int64 = 0
        let sum = cairn_cross_entropy(rows, outputs, output, labels, scale, gradient, &correct)
        return (sum, Int(correct))
    }
}
