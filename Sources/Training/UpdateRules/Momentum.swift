import Tensors

/// `v = mu v + g`, then `g = v` (Polyak, 1964), or `g = g + mu v` for Nesterov's form (Sutskever et al., 2013).
///
/// As in PyTorch the rate stays out of `v`, so a change of the rate acts at once; the first `v` is `g`.
package struct Momentum: UpdateRule {
    package let coefficient: Float
    package let isNesterov: Bool

    package init(_ coefficient: Float, isNesterov: Bool = false) {
        self.coefficient = coefficient
        self.isNesterov = isNesterov
    }

    package var slotNames: [String] { ["momentum"] }

    package func apply(to gradient: inout Tensor, of value: Tensor, slots: inout [Tensor], step: Int) {
        slots[0].combine(1, gradient, coefficient)
        if isNesterov {
            gradient.combine(coefficient, slots[0], 1)
        } else {
            gradient.assign(slots[0])
        }
    }
}
