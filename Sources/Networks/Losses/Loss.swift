import Tensors

/// What training makes small: a number from the network's output and the labels, printed as the words that choose it.
///
/// A row is what has a label: an image, or in segmentation a pixel. A batch's loss is the rows' sum divided by their
/// weight. Adding a loss is one file in `Losses/` and one line in `allLosses`.
package protocol Loss: Sendable, Hashable, CustomStringConvertible {
    /// The command word.
    static var kind: String { get }

    /// What the outputs say about the classes.
    var reading: OutputReading { get }

    /// - Throws: `LossError` if a network with this output cannot be trained on such labels, or if one of the loss's
    ///   own numbers is out of range.
    func check(output: Shape, targets: Targets) throws(LossError)

    /// The same loss with what it needs to know about the training set: how many labels it has of each class.
    func fitted(to classCounts: () -> [Int]) -> Self

    /// How many sums over the whole batch have to be known before the first row can be evaluated.
    func totalCount(outputs: Int) -> Int

    /// Adds `rows.share` times what the rows have of those sums.
    func addTotals(of rows: LossRows, to totals: UnsafeMutablePointer<Double>)

    /// What the rows of a whole batch weigh together.
    func weight(ofRows count: Int, totals: UnsafePointer<Double>) -> Double

    /// The sum of the rows' losses, and how many rows the network got right; gradients go where `rows` says.
    func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int)
}

extension Loss {
    package func fitted(to classCounts: () -> [Int]) -> Self { self }
    package func totalCount(outputs: Int) -> Int { 0 }
    package func addTotals(of rows: LossRows, to totals: UnsafeMutablePointer<Double>) {}
    package func weight(ofRows count: Int, totals: UnsafePointer<Double>) -> Double { Double(count) }
}

/// What the outputs for a row say about its class.
package enum OutputReading: Hashable, Sendable {
    /// Logits whose softmax is the classes' probabilities.
    case softmax
    /// Logits whose sigmoids are the classes' probabilities, each by itself; a single one is the second class's.
    case sigmoid
    /// The larger, the likelier, but no probabilities.
    case scores
}

/// Every kind of loss there is.
package let allLosses: [any Loss.Type] = [CrossEntropy.self]
