import CKernels

/// The gradient of a penalty on large weights: `g = g + l2 w` or `g = g + l1 sign(w)`.
///
/// The former on a direction, instead of on a gradient, is decoupled decay.
struct Penalty: UpdateRule {
    private enum Kind { case l1, l2 }

    private let kind: Kind
    private let strength: Float
    private let target: Regularization.Target

    init(l1 strength: Float, _ target: Regularization.Target) {
        (kind, self.strength, self.target) = (.l1, strength, target)
    }

    init(l2 strength: Float, _ target: Regularization.Target) {
        (kind, self.strength, self.target) = (.l2, strength, target)
    }

    func apply(to run: UpdateRun, _: SIMD4<Float>) {
        guard run.isWeight || target == .all else { return }
        switch kind {
        case .l1: cairn_sign_add(run.count, strength, run.value, run.direction)
        case .l2: cairn_scale_add(run.count, strength, run.value, 1, run.direction)
        }
    }
}
