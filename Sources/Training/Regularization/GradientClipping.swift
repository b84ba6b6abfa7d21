import CKernels
import Networks
import Tensors

/// What keeps one steep step from undoing many, printed as what follows `clip`.
package enum GradientClipping: Hashable, Sendable, Codable, CustomStringConvertible {
    case off
    /// All gradients together are scaled to this length if they are longer, as by PyTorch's `clip_grad_norm_`.
    case norm(Double)
    /// Each number is kept within plus and minus this, as by PyTorch's `clip_grad_value_`.
    case value(Double)

    /// - Throws: `TrainingError.setting` unless the limit is more than 0.
    package func check() throws(TrainingError) {
        switch self {
        case .off: break
        case .norm(let limit): try [Setting("norm", limit, .positive)].check()
        case .value(let limit): try [Setting("value", limit, .positive)].check()
        }
    }

    package var description: String {
        switch self {
        case .off: "off"
        case .norm(let limit): "norm \(limit.written)"
        case .value(let limit): "value \(limit.written)"
        }
    }

    /// What it does to gradients that have this norm.
    package func clip(norm: Double) -> GradientClip {
        switch self {
        case .off: .none
        case .norm(let limit): GradientClip(scale: Float(min(limit / (norm + 1e-6), 1)))
        case .value(let limit): GradientClip(limit: Float(limit))
        }
    }
}

/// One step's clipping of a gradient.
package struct GradientClip: Sendable {
    private let scale: Float
    private let limit: Float

    package init(scale: Float = 1, limit: Float = .infinity) {
        self.scale = scale
        self.limit = limit
    }

    /// The gradient as it is.
    package static let none = GradientClip()

    func apply(to gradient: UnsafeMutablePointer<Float>, count: Int) {
        if scale < 1 { cairn_scale(count, scale, gradient) }
        if limit < .infinity { cairn_limit_magnitudes(count, limit, gradient) }
    }
}
