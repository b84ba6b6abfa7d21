import Glibc
import Tensors

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

    package func apply(to gradient: inout Tensor, of value: Tensor, slots: inout [Tensor], step: Int) {
        func correction(_ beta: Float) -> Float { Float(1 - pow(Double(beta), Double(step))) }
        var (first, second) = (Tensor(zeros: [0]), Tensor(zeros: [0]))
        // Out of the array and back: each is written in place.
        swap(&first, &slots[0])
        swap(&second, &slots[1])
        advanceMoments(
            gradient: &gradient, first: &first, second: &second, beta1: beta1, beta2: beta2,
            corrections: (correction(beta1), correction(beta2)), epsilon: epsilon)
        swap(&first, &slots[0])
        swap(&second, &slots[1])
    }
}
