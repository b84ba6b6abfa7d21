import Tensors

/// The gradient of `l2 / 2 |w|²`: `g = g + l2 w`, PyTorch's `weight_decay` in both `SGD` and `Adam`.
package struct L2: UpdateRule {
    package let strength: Float

    package init(_ strength: Float) { self.strength = strength }

    package var slotNames: [String] { [] }

    package func apply(to gradient: inout Tensor, of value: Tensor, slots: inout [Tensor], step: Int) {
        gradient.combine(strength, value, 1)
    }
}
