import CKernels

/// `y = 1.0507 x` above 0, `1.7581 (e^x - 1)` elsewhere, which keeps mean 0 and variance 1 from layer to layer:
/// PyTorch's `SELU`. (Klambauer et al., 2017.)
package struct SELU: Activation {
    package static let kind = "selu"

    package init() {}

    package var description: String { "selu" }

    var function: cairn_activation {
        cairn_activation(kind: cairn_elu, a: 1.673_263_24, b: 1.050_700_99)
    }
}
