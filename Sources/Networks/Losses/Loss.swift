import Tensors

/// What training makes small: a number per image from the network's output and the label.
package protocol Loss: Sendable {
    /// The command word.
    static var kind: String { get }

    /// - Throws: `LossError` if a network with this output cannot be trained on so many classes.
    func check(output: Shape, classes: Int) throws(LossError)

    /// The sum of the rows' losses, and how many rows the network got right.
    ///
    /// Unless `gradient` is nil, writes `scale` times the sum's gradient with respect to `output` there.
    ///
    /// Shapes: `output` and `gradient` are `[rows, outputs]`, `labels` `[rows]`.
    func evaluate(
        rows: Int, outputs: Int, output: UnsafePointer<Float>, labels: UnsafePointer<Int32>, scale: Float,
        gradient: UnsafeMutablePointer<Float>?
    ) -> (sum: Double, correct: Int)
}

/// Every kind of loss there is.
package let allLosses: [any Loss.Type] = [CrossEntropy.self]

/// A network whose output does not fit the classes of its data.
package struct LossError: Error, Hashable, Sendable, CustomStringConvertible {
    package let loss: String
    /// Of one image.
    package let output: Shape
    package let classes: Int

    package init(loss: String, output: Shape, classes: Int) {
        self.loss = loss
        self.output = output
        self.classes = classes
    }

    package var description: String {
        let remedy =
            output.rank == 1
            ? "end the model with `dense \(classes)`"
            : "end the model with `flatten` and `dense \(classes)`"
        return "the model ends in \(output), but \(classes) classes need \(classes) numbers: \(remedy)"
    }
}

/// The loss of one batch.
package struct BatchResult: Hashable, Sendable {
    /// Sum over the images.
    package let lossSum: Double
    /// Images whose largest output is the label's.
    package let correct: Int
    package let count: Int

    package init(lossSum: Double, correct: Int, count: Int) {
        self.lossSum = lossSum
        self.correct = correct
        self.count = count
    }

    package var meanLoss: Double { lossSum / Double(count) }
    package var accuracy: Double { Double(correct) / Double(count) }
}
