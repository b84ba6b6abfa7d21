import Tensors

/// A tensor that a layer asks its network for.
package struct ParameterDeclaration: Hashable, Sendable {
    /// What the tensor starts as.
    package enum Start: Hashable, Sendable {
        /// Drawn by the model's `Initializer`; the fans are PyTorch's.
        case random(fanIn: Int, fanOut: Int)
        case constant(Float)
    }

    /// What stands along one of a tensor's axes.
    package enum Axis: Sendable {
        /// The channels or features that the layer gives, or those of one of its groups.
        case outputs
        /// Those that it reads, likewise.
        case inputs
        /// Something else: the rows of a kernel, a number for the whole layer.
        case other
    }

    /// What follows the layer's name: `weight` in `conv1.weight`.
    package let suffix: String
    /// As it lies in memory.
    package let shape: Shape
    /// How that compares with PyTorch's order.
    package let layout: Parameter.Layout
    package let start: Start
    /// What stands along the axes of `shape`.
    package let axes: [Axis]
    /// False for running statistics, which are saved but get no gradient.
    package let isTrained: Bool

    /// One number for each output, unless its axes say otherwise.
    package init(
        _ suffix: String, _ shape: Shape, layout: Parameter.Layout = .plain, start: Start,
        axes: [Axis] = [.outputs], isTrained: Bool = true
    ) {
        precondition(axes.count == shape.rank, "\(axes) for \(shape)")
        self.suffix = suffix
        self.shape = shape
        self.layout = layout
        self.start = start
        self.axes = axes
        self.isTrained = isTrained
    }
}
