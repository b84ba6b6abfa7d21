import CKernels

/// Adagrad's direction: the gradient over the root of the sum of all squares so far (Duchi, Hazan & Singer, 2011).
struct SummedSquares: UpdateRule {
    private let epsilon: Double
    private let rateDecay: Double

    init(epsilon: Double, rateDecay: Double) {
        self.epsilon = epsilon
        self.rateDecay = rateDecay
    }

    var slotNames: [String] { ["square_sum"] }
    var squareSlots: [String] { slotNames }

    /// What is left of the rate.
    func coefficients(at step: UpdateStep) -> SIMD4<Float> {
        SIMD4(Float(1 / (1 + Double(step.count - 1) * rateDecay)), 0, 0, 0)
    }

    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>) {
        cairn_square_add(run.count, 1, run.direction, 1, run.slot(0))
        run.divide(byRootOf: 0, epsilon: epsilon, scale: coefficients[0])
    }
}
