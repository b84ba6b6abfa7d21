import CKernels
import Networks
import Tensors

/// Counts, batch by batch, how labels and outputs agree; of the outputs themselves it keeps only the scores that the
/// area under the curve is made of.
package struct Tally {
    /// More scores than this are not kept, and the area under the curve is not measured: 64 MB.
    private static let mostScores = 1 << 24

    private let classes: Int
    private let reading: OutputReading
    private let isSegmentation: Bool
    private let keepsScores: Bool
    private var lossSum = 0.0
    private var lossWeight = 0.0
    private var confusion: [Int64]
    private var ranks: [Int64]
    private var calibration = [Double](repeating: 0, count: 3 * Calibration.binCount)
    /// `[images, classes]`, and the images' labels.
    private var scores: [Float] = []
    private var labels: [Int32] = []

    /// For so many images, as the loss reads the outputs for them.
    package init(images: Int, targets: Targets, reading: OutputReading) {
        classes = max(targets.classes, 2)
        self.reading = reading
        isSegmentation = targets.mask != nil
        keepsScores = !isSegmentation && images <= Self.mostScores / max(classes, 1)
        confusion = [Int64](repeating: 0, count: classes * classes)
        ranks = [Int64](repeating: 0, count: classes)
        if keepsScores { scores.reserveCapacity(images * classes) }
    }

    /// Counts one batch: `output` is `[N, outputs]` or `[N, H, W, outputs]`, and there is a label for each row of it.
    package mutating func add(_ result: BatchResult, output: Tensor, labels: [Int32]) {
        lossSum += result.lossSum
        lossWeight += result.lossWeight
        let (rows, outputs) = (result.rows, output.count / max(result.rows, 1))
        precondition(
            labels.count >= rows && max(outputs, 2) == classes, "\(output.shape) of \(classes) classes")
        var scores: [Float] = []
        output.withUnsafeBufferPointer { output in
            labels.withUnsafeBufferPointer { labels in
                guard let output = output.baseAddress, let labels = labels.baseAddress else { return }
                var counted = cairn_loss_rows(
                    rows: rows, outputs: outputs, output: output, labels: labels, gradient_scale: 0,
                    gradient: nil, adds_gradient: false)
                cairn_tally(&counted, &confusion, &ranks)
                if reading == .scores {
                    if keepsScores {
                        scores = Array(UnsafeBufferPointer(start: output, count: rows * outputs))
                    }
                } else {
                    scores = [Float](unsafeUninitializedCapacity: rows * classes) { scores, count in
                        guard let scores = scores.baseAddress else { return }
                        cairn_probabilities(rows, outputs, output, reading == .sigmoid, scores)
                        count = rows * classes
                    }
                    cairn_calibration(rows, classes, scores, labels, Calibration.binCount, &calibration)
                }
            }
        }
        guard keepsScores else { return }
        self.scores += scores
        self.labels += labels[..<rows]
    }

    package var evaluation: Evaluation {
        Evaluation(
            loss: lossWeight > 0 ? lossSum / lossWeight : lossSum,
            confusion: (0..<classes).map { row in
                confusion[row * classes..<(row + 1) * classes].map { Int($0) }
            },
            ranks: ranks.map { Int($0) },
            calibration: reading == .scores
                ? nil
                : Calibration(
                    bins: (0..<Calibration.binCount).map { bin in
                        Calibration.Bin(
                            count: Int(calibration[3 * bin]), confidence: calibration[3 * bin + 1],
                            correct: Int(calibration[3 * bin + 2]))
                    }),
            classAUCs: keepsScores ? (0..<classes).map(areaUnderCurve) : [], isSegmentation: isSegmentation)
    }

    /// Of a class against all others.
    private func areaUnderCurve(of label: Int) -> Double? {
        let ofClass = labels.indices.lazy.map { scores[$0 * classes + label] }
        return Training.areaUnderCurve(of: ofClass) { labels[$0] == label }
    }
}
