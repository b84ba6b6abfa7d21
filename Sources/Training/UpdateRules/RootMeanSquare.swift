import CKernels

/// RMSprop's direction: the gradient over its root mean square, or over its deviation if centred (Hinton, 2012;
/// Graves, 2013).
struct RootMeanSquare: UpdateRule {
    private let alpha: Double
    private let epsilon: Double
    private let isCentered: Bool

    init(alpha: Double, epsilon: Double, isCentered: Bool) {
        self.alpha = alpha
        self.epsilon = epsilon
        self.isCentered = isCentered
    }

    var slotNames: [String] { ["square_mean"] + (isCentered ? ["center"] : []) }
    var squareSlots: [String] { ["square_mean"] }

    func apply(to run: UpdateRun, _: SIMD4<Float>) {
        run.moveMeanSquare(0, alpha)
        guard isCentered else { return run.divide(byRootOf: 0, epsilon: epsilon) }
        run.moveMean(1, alpha)
        cairn_divide_by_deviation(run.count, run.slot(0), run.slot(1), Float(epsilon), run.direction)
    }
}
