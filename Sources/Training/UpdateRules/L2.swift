import CKernels

/// The gradient of `l2 / 2 |w|²`: `g = g + l2 w`, PyTorch's `weight_decay` in both `SGD` and `Adam`.
package struct L2: UpdateRule {
    package let strength: Float

    package init(_ strength: Float) { self.strength = strength }

    package var slotNames: [String] { [] }

    package func apply(to run: UpdateRun, step: Int) {
        cairn_scale_add(run.count, strength, run.value, 1, run.direction)
    }
}
