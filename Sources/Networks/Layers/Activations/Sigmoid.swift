import CKernels

/// `y = 1 / (1 + e^-x)`: PyTorch's `Sigmoid`.
package struct Sigmoid: Activation {
    package static let kind = "sigmoid"

    package init() {}

    package var description: String { "sigmoid" }

    var function: cairn_activation { cairn_activation(kind: cairn_sigmoid, a: 0, b: 0) }
}
