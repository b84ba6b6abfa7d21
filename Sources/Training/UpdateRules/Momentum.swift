import CKernels

/// `v = mu v + (1 - dampening) g`, then `g = v` (Polyak, 1964), or `g = g + mu v` for Nesterov's form (Sutskever et
/// al., 2013).
///
/// As in PyTorch the rate stays out of `v`, so a change of the rate acts at once; the first `v` is `g`.
struct Momentum: UpdateRule {
    private let coefficient: Double
    private let dampening: Double
    private let isNesterov: Bool
    private let slotName: String

    /// Another `slotName` where not gradients are summed but directions.
    init(
        _ coefficient: Double, dampening: Double = 0, isNesterov: Bool = false, slotName: String = "momentum"
    ) {
        self.coefficient = coefficient
        self.dampening = dampening
        self.isNesterov = isNesterov
        self.slotName = slotName
    }

    var slotNames: [String] { [slotName] }

    /// `mu`, and the share of the gradient.
    func coefficients(at step: UpdateStep) -> SIMD4<Float> {
        SIMD4(Float(step.momentum ?? coefficient), step.count == 1 ? 1 : Float(1 - dampening), 0, 0)
    }

    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>) {
        cairn_scale_add(run.count, coefficients[1], run.direction, coefficients[0], run.slot(0))
        if isNesterov {
            cairn_scale_add(run.count, coefficients[0], run.slot(0), 1, run.direction)
        } else {
            run.direction.update(from: run.slot(0), count: run.count)
        }
    }
}
