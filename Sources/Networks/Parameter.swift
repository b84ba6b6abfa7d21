import Tensors

/// A tensor that a layer owns, with the name PyTorch users expect: `conv1.weight`, `bn1.running_mean`.
package final class Parameter {
    /// How the scalars lie in memory, compared with PyTorch's order, in which they are saved and shown.
    package enum Layout: Sendable {
        /// The same: `[outputs, inputs]`, `[channels]`.
        case plain
        /// `[K_y, K_x, C, F]` in memory for the kernels; `[F, C, K_y, K_x]` outside.
        case filters
    }

    package let name: String
    package let layout: Layout
    package var value: Tensor
    /// Backward passes add to it; buffers such as running statistics leave it empty.
    package var gradient: Tensor

    /// All zeros, until the network initialises it.
    convenience init(_ declaration: ParameterDeclaration, of layerName: String) {
        self.init(
            name: "\(layerName).\(declaration.suffix)", layout: declaration.layout,
            value: Tensor(zeros: declaration.shape), hasGradient: declaration.isTrained)
    }

    package init(name: String, layout: Layout = .plain, value: Tensor, hasGradient: Bool = true) {
        self.name = name
        self.layout = layout
        self.value = value
        gradient = Tensor(zeros: hasGradient ? value.shape : [0])
    }
}
