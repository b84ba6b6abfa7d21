import CKernels

/// Adam's direction: the gradient's mean over its root mean square, both decaying and corrected for their start
/// (Kingma & Ba, 2015, Alg. 1). Epsilon is outside the root, as in PyTorch.
///
/// With AMSGrad the largest mean square so far takes the place of the mean square (Reddi, Kale & Kumar, 2018).
struct AdaptiveMoments: UpdateRule {
    private let moments: Moments
    private let isAMSGrad: Bool

    init(_ moments: Moments, isAMSGrad: Bool) {
        self.moments = moments
        self.isAMSGrad = isAMSGrad
    }

    var slotNames: [String] { Moments.slotNames + (isAMSGrad ? ["largest_second_moment"] : []) }
    var squareSlots: [String] { Array(slotNames.dropFirst()) }

    /// Both betas, then both corrections.
    func coefficients(at step: UpdateStep) -> SIMD4<Float> {
        let beta1 = Float(step.momentum ?? moments.beta1)
        let beta2 = Float(moments.beta2)
        // Of the rounded betas, since the sums have those.
        return SIMD4(
            beta1, beta2, Float(step.correction(Double(beta1))), Float(step.correction(Double(beta2))))
    }

    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>) {
        let (beta1, beta2) = (coefficients[0], coefficients[1])
        guard isAMSGrad else {
            cairn_adam(
                run.count, run.direction, run.slot(0), run.slot(1), beta1, beta2, coefficients[2],
                coefficients[3], Float(moments.epsilon))
            return
        }
        cairn_scale_add(run.count, 1 - beta1, run.direction, beta1, run.slot(0))
        cairn_square_add(run.count, 1 - beta2, run.direction, beta2, run.slot(1))
        cairn_maximum(run.count, run.slot(1), run.slot(2))
        run.direction.update(from: run.slot(0), count: run.count)
        run.divide(
            byRootOf: 2, correction: coefficients[3], epsilon: moments.epsilon, scale: 1 / coefficients[2])
    }
}
