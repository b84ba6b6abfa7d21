import CKernels
import Tensors

/// The sum of `Dice`, which sees classes as a whole, and of the mean softmax cross-entropy, whose gradient is calm
/// (Isensee et al., 2021).
package struct DiceCrossEntropy: Loss {
    package static let kind = "dice-cross-entropy"

    private let dice: Dice

    package init(smooth: Float = 1) { dice = Dice(smooth: smooth) }

    package var reading: OutputReading { .softmax }

    package var description: String { Self.kind + dice.settings }

    package func check(output: Shape, targets: Targets) throws(LossError) {
        try dice.checkSettings()
        try requireOutput(output, targets)
    }

    package func totalCount(outputs: Int) -> Int { dice.totalCount(outputs: outputs) }

    package func addTotals(of rows: LossRows, to totals: UnsafeMutablePointer<Double>) {
        dice.addTotals(of: rows, to: totals)
    }

    package func finishTotals(_ totals: UnsafeMutablePointer<Double>, outputs: Int) {
        dice.finishTotals(totals, outputs: outputs)
    }

    package func evaluate(_ rows: LossRows, totals: UnsafePointer<Double>) -> (sum: Double, correct: Int) {
        let (crossEntropy, correct) = CrossEntropy().evaluate(rows, totals: totals)
        let sum = withUnsafePointer(to: rows.addingGradient.kernelRows) { cairn_dice($0, totals) }
        return (crossEntropy + sum, correct)
    }
}
