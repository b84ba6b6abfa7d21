import Tensors

/// A tensor that a layer asks its network for.
package struct ParameterDeclaration: Hashable, Sendable {
    /// What the tensor starts as.
    package enum Start: Hashable, Sendable {
        /// Drawn by the model's `Initializer`; the fans are PyTorch's.
        case random(fanIn: Int, fanOut: Int)
        case constant(Float)
    }

    /// What follows the layer's name: `weight` in `conv1.weight`.
    package let suffix: String
    /// As it lies in memory.
    package let shape: Shape
    /// How that compares with PyTorch's order.
    package let layout: Parameter.Layout
    package let start: Start
    /// False for running statistics, which are saved but get no gradient.
    package let isTrained: Bool

    package init(
        _ suffix: String, _ shape: Shape, layout: Parameter.Layout = .plain, start: Start,
        isTrained: Bool = true
    ) {
        self.suffix = suffix
        self.shape = shape
        self.layout = layout
        self.start = start
        self.isTrained = isTrained
    }
}
