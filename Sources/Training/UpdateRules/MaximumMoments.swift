import CKernels

/// Adamax's direction: the gradient's mean over its decaying maximum (Kingma & Ba, 2015, Alg. 2).
struct MaximumMoments: UpdateRule {
    private let moments: Moments

    init(_ moments: Moments) { self.moments = moments }

    var slotNames: [String] { ["gradient_mean", "gradient_maximum"] }

    /// The first beta, and one over its correction.
    func coefficients(at step: UpdateStep) -> SIMD4<Float> {
        let beta1 = step.momentum ?? moments.beta1
        return SIMD4(Float(beta1), Float(1 / step.correction(beta1)), 0, 0)
    }

    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>) {
        run.moveMean(0, Double(coefficients[0]))
        cairn_divide_by_maximum(
            run.count, coefficients[1], run.slot(0), Float(moments.beta2), Float(moments.epsilon),
            run.slot(1),
            run.direction)
    }
}
