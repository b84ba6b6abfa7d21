import CKernels
import Tensors

/// Softmax cross-entropy on logits: `-log softmax(z)[label]`, PyTorch's `CrossEntropyLoss`.
///
/// With weights, a row counts as much as its label's class does, and the batch's loss is the weighted mean. With label
/// smoothing, every class counts `labelSmoothing / classes` as if it were the label, which itself counts less by all
/// that (Szegedy et al., 2016).
package struct CrossEntropy: Loss {
    package static let kind = "cross-entropy"

    package let weights: ClassWeights
    /// 0...1
    package let labelSmoothing: Float

    package init(weights: ClassWeights = .equal, labelSmoothing: Float = 0) {
        self.weights = weights
        self.labelSmoothing = labelSmoothing
    }

    package var reading: OutputReading { .softmax }

    package var description: String {
        Self.kind + (weights == .equal ? "" : " weights=\(weights)")
            + (labelSmoothing == 0 ? "" : " label-smoothing=\(labelSmoothing)")
    }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        try weights.check(loss: Self.kind, classes: targets.classes)
        guard labelSmoothing >= 0, labelSmoothing <= 1 else {
            throw .setting("label-smoothing", found: "\(labelSmoothing)", allowed: "in 0...1")
        }
        try requireOutput(output, targets)
    }

    package func fitted(to classCounts: () -> [Int]) -> CrossEntropy {
        CrossEntropy(weights: weights.fitted(to: classCounts), labelSmoothing: labelSmoothing)
    }

    /// The weight of the batch's labels, unless all weigh 1.
    package func totalCount(outputs: Int) -> Int { weights == .equal ? 0 : 1 }

    package func addTotals(of rows: LossRows, to totals: UnsafeMutablePointer<Double>) {
        weights.withPointer { weights in
            guard let weights else { return }
            totals[0] += Double(rows.share) * cairn_label_weight(rows.count, rows.labels, weights)
        }
    }

    package func weight(ofRows count: Int, totals: UnsafePointer<Double>) -> Double {
        weights == .equal ? Double(count) : totals[0]
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        var correct: Int64 = 0
        let sum = weights.withPointer { weights in
            withUnsafePointer(to: rows.kernel) {
                cairn_cross_entropy($0, weights, labelSmoothing, &correct)
            }
        }
        return (sum, Int(correct))
    }
}
