import CKernels

/// `y = tanh x`: PyTorch's `Tanh`.
package struct Tanh: Activation {
    package static let kind = "tanh"

    package init() {}

    package var description: String { "tanh" }

    var function: cairn_activation { cairn_activation(kind: cairn_tanh, a: 0, b: 0) }
}
