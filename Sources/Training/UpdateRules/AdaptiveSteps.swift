import CKernels

/// Adadelta's direction: the gradient over its root mean square, times that of the steps so far (Zeiler, 2012).
struct AdaptiveSteps: UpdateRule {
    private let rho: Double
    private let epsilon: Double

    init(rho: Double, epsilon: Double) {
        self.rho = rho
        self.epsilon = epsilon
    }

    var slotNames: [String] { ["square_mean", "step_square_mean"] }
    var squareSlots: [String] { slotNames }

    func apply(to run: UpdateRun, _: SIMD4<Float>) {
        cairn_adadelta(run.count, run.direction, run.slot(0), run.slot(1), Float(rho), Float(epsilon))
    }
}
