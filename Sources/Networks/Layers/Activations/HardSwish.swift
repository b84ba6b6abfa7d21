import CKernels

/// `y = x max(0, min(6, x + 3)) / 6`, which is `silu` made of straight lines: PyTorch's `Hardswish`.
/// (Howard et al., 2019.)
package struct HardSwish: Activation {
    package static let kind = "hard-swish"
    package static let namePrefix = "hardswish"

    package init() {}

    package var description: String { "hard-swish" }

    var function: cairn_activation { cairn_activation(kind: cairn_hard_swish, a: 0, b: 0) }
}
