import CKernels

/// `y = x` above 0, `slope x` elsewhere: PyTorch's `LeakyReLU`. (Maas, Hannun & Ng, 2013.)
package struct LeakyReLU: Activation {
    package static let kind = "leaky-relu"
    package static let namePrefix = "leakyrelu"

    /// Below 0; any finite number.
    package let slope: Float

    package init(slope: Float = 0.01) { self.slope = slope }

    package var description: String { "leaky-relu \(slope)" }

    var function: cairn_activation { cairn_activation(kind: cairn_leaky_relu, a: slope, b: 0) }
    var neededConstants: String? { slope.isFinite ? nil : "a finite slope, not \(slope)" }
}
