import CKernels

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

    package func apply(to run: UpdateRun, step: Int) {
        cairn_scale_add(run.count, 1, run.direction, coefficient, run.slot(0))
        if isNesterov {
            cairn_scale_add(run.count, coefficient, run.slot(0), 1, run.direction)
        } else {
            run.direction.update(from: run.slot(0), count: run.count)
        }
    }
}
