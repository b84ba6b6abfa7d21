import CKernels
import Glibc

/// Adam's direction: the gradient's mean over its root mean square, both decaying and corrected for their start
/// (Kingma & Ba, 2015, Alg. 1). Epsilon is outside the root, as in PyTorch.
package struct AdaptiveMoments: UpdateRule {
    package let beta1: Float
    package let beta2: Float
    package let epsilon: Float

    package init(beta1: Float, beta2: Float, epsilon: Float) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    package var slotNames: [String] { ["first_moment", "second_moment"] }

    package func apply(to run: UpdateRun, step: Int) {
        func correction(_ beta: Float) -> Float { Float(1 - pow(Double(beta), Double(step))) }
        cairn_adam(
            run.count, run.direction, run.slot(0), run.slot(1), beta1, beta2, correction(beta1),
            correction(beta2), epsilon)
    }
}
