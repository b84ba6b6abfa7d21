/// The loss of one batch.
package struct BatchResult: Hashable, Sendable {
    /// Sum over the rows, each with its weight.
    package let lossSum: Double
    /// What the rows weigh together; without class weights there are as many as rows.
    package let lossWeight: Double
    /// Rows whose largest output is the label's; of two labels, the one that counts more.
    package let correct: Int
    /// Rows: images, or pixels in segmentation.
    package let rows: Int
    /// Images.
    package let count: Int

    package init(lossSum: Double, lossWeight: Double, correct: Int, rows: Int, count: Int) {
        self.lossSum = lossSum
        self.lossWeight = lossWeight
        self.correct = correct
        self.rows = rows
        self.count = count
    }

    /// 0 for a batch that weighs nothing.
    package var meanLoss: Double { lossWeight > 0 ? lossSum / lossWeight : lossSum }
    /// Share of the rows, 0...1.
    package var accuracy: Double { Double(correct) / Double(rows) }
}
