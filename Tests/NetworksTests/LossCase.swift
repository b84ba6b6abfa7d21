import Networks
import Tensors
import Testing

/// A loss, and the case of its fixture that has its settings.
struct LossCase: CustomTestStringConvertible, Sendable {
    let loss: any Loss
    let name: String

    init(_ loss: any Loss, _ name: String) {
        self.loss = loss
        self.name = name
    }

    var testDescription: String { "\(loss), \(name)" }

    /// What every loss is tried on with its usual settings.
    private static let common = [
        "plain", "one-image", "many-classes", "pixels", "absent-classes", "mixed", "ties",
    ]

    /// One of each kind, with its usual settings.
    static let usual: [any Loss] = [
        CrossEntropy(), BinaryCrossEntropy(), Focal(), Hinge(), MeanSquaredError(), MeanAbsoluteError(),
        Huber(),
        Dice(), DiceCrossEntropy(),
    ]

    static let all =
        usual.flatMap { loss in common.map { LossCase(loss, $0) } } + [
            LossCase(CrossEntropy(), "extreme"), LossCase(CrossEntropy(), "one-class"),
            LossCase(CrossEntropy(weights: .listed([0.5, 2, 0, 1, 3])), "weighted"),
            LossCase(CrossEntropy(labelSmoothing: 0.1), "smoothed"),
            LossCase(
                CrossEntropy(weights: .listed([0.5, 2, 0.25, 1, 3]), labelSmoothing: 0.3), "weighted-smoothed"
            ),
            LossCase(BinaryCrossEntropy(), "extreme"), LossCase(BinaryCrossEntropy(), "one-output"),
            LossCase(Focal(), "extreme"), LossCase(Focal(), "one-output"),
            LossCase(Focal(alpha: 0.7, gamma: 0.5), "gamma"), LossCase(Focal(alpha: nil), "no-alpha"),
            LossCase(Focal(gamma: 0), "no-gamma"), LossCase(Hinge(margin: 0.5, power: 2), "squared"),
            LossCase(Huber(delta: 0.3), "delta"), LossCase(Dice(smooth: 0), "unsmoothed"),
        ]
}

/// A loss at work on logits of one's own, in a network that gives its images back as they are.
struct LossHarness {
    let executor: Executor
    private let logits: Tensor

    /// `logits` is `[N, C]` or `[N, H, W, C]`.
    ///
    /// - Throws: `ShapeError` if they are no images.
    init(_ loss: any Loss, _ logits: Tensor, threads: Int = 1) throws {
        let network = try Network(
            name: "none", input: Shape(Array(logits.shape.extents.dropFirst())), layers: [], initializer: .he,
            random: RandomStream(key: 1))
        executor = Executor(
            network, loss: loss, batchSize: logits.shape[0], givesInputGradient: true,
            workers: Workers(threads: threads))
        self.logits = logits
    }

    func result(
        _ labels: [Int32], mix: Mix? = nil, mode: Mode = .training(dropout: RandomStream(key: 1))
    ) -> BatchResult {
        executor.forward(logits, count: logits.shape[0], mode: mode)
        return executor.computeLoss(labels: labels, mix: mix)
    }

    /// Of the mean loss, after `result`.
    func gradient() -> Tensor {
        executor.backward()
        return executor.inputGradient ?? Tensor(zeros: [0])
    }
}
