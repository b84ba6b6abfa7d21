import CKernels

/// Lion's direction: the sign of a mean of the gradients in which the last one counts more than in the mean that is
/// remembered (Chen et al., 2023, Alg. 2).
struct SignedMean: UpdateRule {
    private let beta1: Double
    private let beta2: Double

    init(beta1: Double, beta2: Double) {
        self.beta1 = beta1
        self.beta2 = beta2
    }

    var slotNames: [String] { ["gradient_mean"] }

    /// The first beta.
    func coefficients(at step: UpdateStep) -> SIMD4<Float> { SIMD4(Float(step.momentum ?? beta1), 0, 0, 0) }

    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>) {
        cairn_lion(run.count, run.direction, run.slot(0), coefficients[0], Float(beta2))
    }
}
