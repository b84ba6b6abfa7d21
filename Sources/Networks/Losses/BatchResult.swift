/// The loss of one batch.
package struct BatchResult: Hashable, Sendable {
    /// Sum over the images.
    package let lossSum: Double
    /// Images whose largest output is the label's.
    package let correct: Int
    /// Images.
    package let count: Int

    package init(lossSum: Double, correct: Int, count: Int) {
        self.lossSum = lossSum
        self.correct = correct
        self.count = count
    }

    package var meanLoss: Double { lossSum / Double(count) }
    /// Share of the images, 0...1.
    package var accuracy: Double { Double(correct) / Double(count) }
}
