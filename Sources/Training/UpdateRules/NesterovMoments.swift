import CKernels
import Glibc

/// NAdam's direction: Adam's with the mean looked ahead by one step (Dozat, 2016, with PyTorch's schedule of the
/// momentum: `mu(t) = beta1 (1 - 0.96^(t decay) / 2)`).
///
/// A schedule's momentum does not reach it: its corrections need all the values of the past.
struct NesterovMoments: UpdateRule {
    private let moments: Moments
    private let momentumDecay: Double

    init(_ moments: Moments, momentumDecay: Double) {
        self.moments = moments
        self.momentumDecay = momentumDecay
    }

    var slotNames: [String] { Moments.slotNames }
    var squareSlots: [String] { [Moments.slotNames[1]] }

    /// The shares of the gradient and of its mean, then the correction of the mean square.
    func coefficients(at step: UpdateStep) -> SIMD4<Float> {
        var product = 1.0
        var count = 1
        // In 32 bits, 1 minus a smaller product is 1.
        while count <= step.count, product > 1e-20 {
            product *= momentum(at: count)
            count += 1
        }
        let (now, next) = (momentum(at: step.count), momentum(at: step.count + 1))
        return SIMD4(
            Float((1 - now) / (1 - product)), Float(next / (1 - product * next)),
            Float(step.correction(moments.beta2)), 0)
    }

    private func momentum(at count: Int) -> Double {
        moments.beta1 * (1 - 0.5 * pow(0.96, Double(count) * momentumDecay))
    }

    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>) {
        run.moveMean(0, moments.beta1)
        run.moveMeanSquare(1, moments.beta2)
        cairn_scale_add(run.count, coefficients[1], run.slot(0), coefficients[0], run.direction)
        run.divide(byRootOf: 1, correction: coefficients[2], epsilon: moments.epsilon)
    }
}
