import CKernels

/// RAdam's direction: Adam's, scaled down while the mean square is known from few steps, and the mean alone while it
/// is known from hardly any (Liu et al., 2020, Alg. 2; PyTorch's threshold of 5).
struct RectifiedMoments: UpdateRule {
    private let moments: Moments

    init(_ moments: Moments) { self.moments = moments }

    var slotNames: [String] { Moments.slotNames }
    var squareSlots: [String] { [Moments.slotNames[1]] }

    /// The first beta; what the mean is multiplied by, with a root below it or without; and 1 for a root, else 0.
    func coefficients(at step: UpdateStep) -> SIMD4<Float> {
        let beta1 = step.momentum ?? moments.beta1
        let correction1 = step.correction(beta1)
        let correction2 = step.correction(moments.beta2)
        let limit = 2 / (1 - moments.beta2) - 1
        let length = limit - 2 * Double(step.count) * (1 - correction2) / correction2
        guard length > 5 else { return SIMD4(Float(beta1), Float(1 / correction1), 0, 0) }
        let rectification =
            ((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)).squareRoot()
        return SIMD4(Float(beta1), Float(rectification * correction2.squareRoot() / correction1), 1, 0)
    }

    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>) {
        run.moveMean(0, Double(coefficients[0]))
        run.moveMeanSquare(1, moments.beta2)
        run.direction.update(from: run.slot(0), count: run.count)
        if coefficients[2] > 0 {
            run.divide(byRootOf: 1, epsilon: moments.epsilon, scale: coefficients[1])
        } else {
            cairn_scale(run.count, coefficients[1], run.direction)
        }
    }
}
