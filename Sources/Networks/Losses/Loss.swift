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
