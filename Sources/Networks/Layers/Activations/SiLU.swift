import CKernels

/// `y = x / (1 + e^-x)`, also called swish: PyTorch's `SiLU`. (Elfwing, Uchibe & Doya, 2018.)
package struct SiLU: Activation {
    package static let kind = "silu"

    package init() {}

    package var description: String { "silu" }

    var function: cairn_activation { cairn_activation(kind: cairn_silu, a: 0, b: 0) }
}
