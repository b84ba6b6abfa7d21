import Tensors

/// A tensor that a layer owns, with the name PyTorch users expect: `conv1.weight`, `bn1.running_mean`.
package final class Parameter {
    /// How the scalars lie in memory, compared with PyTorch's order, in which they are saved and shown.
    package enum Layout: Sendable {
        /// The same: `[outputs, inputs]`, `[channels]`.
        case plain
        /// `[K_y, K_x, C, F]` in memory for the kernels; `[F, C, K_y, K_x]` outside.
        case filters

        /// The tensor in PyTorch's order.
        package func exported(_ tensor: Tensor) -> Tensor {
            switch self {
            case .plain: return tensor
            case .filters:
                let (taps, channels, filters) = Self.sizes(memory: tensor.shape)
                let shape = exportedShape(tensor.shape)
                return
                    tensor
                    .transposingMatrices(rows: taps * channels, columns: filters, as: shape)
                    .transposingMatrices(rows: taps, columns: channels, as: shape)
            }
        }

        /// The tensor in memory's order, of memory's shape.
        package func imported(_ tensor: Tensor, as shape: Shape) -> Tensor {
            switch self {
            case .plain: return tensor
            case .filters:
                let (taps, channels, filters) = Self.sizes(memory: shape)
                return
                    tensor
                    .transposingMatrices(rows: channels, columns: taps, as: shape)
                    .transposingMatrices(rows: filters, columns: taps * channels, as: shape)
            }
        }

        /// PyTorch's shape of a tensor that has `shape` in memory.
        package func exportedShape(_ shape: Shape) -> Shape {
            switch self {
            case .plain: shape
            case .filters: [shape[3], shape[2], shape[0], shape[1]]
            }
        }

        private static func sizes(memory shape: Shape) -> (taps: Int, channels: Int, filters: Int) {
            (shape[0] * shape[1], shape[2], shape[3])
        }
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
