import CKernels
import Tensors

/// How little the softmax of each class and its labels overlap in a batch:
/// `1 - (2 overlap + smooth) / (probability + count + smooth)`, mean over the classes that the batch has labels of
/// (Milletari, Navab & Ahmadi, 2016).
///
/// All sums are over the rows of the whole batch, so the loss of a set depends on how it is cut into batches. Mixed
/// images count with their shares in each sum.
package struct Dice: Loss {
    package static let kind = "dice"

    /// Keeps rare classes from jumping between 0 and 1; 0 or more.
    package let smooth: Float

    package init(smooth: Float = 1) { self.smooth = smooth }

    package var reading: OutputReading { .softmax }

    package var description: String { Self.kind + settings }

    var settings: String { smooth == 1 ? "" : " smooth=\(smooth)" }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        try checkSettings()
        try requireOutput(output, targets)
    }

    func checkSettings() throws(LossError) {
        guard smooth >= 0, smooth.isFinite else {
            throw .setting("smooth", found: "\(smooth)", allowed: "0 or more")
        }
    }

    package func totalCount(outputs: Int) -> Int { cairn_dice_totals_count(outputs) }

    package func addTotals(of rows: LossRows, to totals: UnsafeMutablePointer<Double>) {
        withUnsafePointer(to: rows.kernelRows) { cairn_dice_add($0, rows.share, totals) }
    }

    package func finishTotals(_ totals: UnsafeMutablePointer<Double>, outputs: Int) {
        _ = cairn_dice_finish(outputs, smooth, totals)
    }

    /// Every row has the same part in the batch's loss.
    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        rows.evaluate { cairn_dice($0, totals) }
    }
}
