import Tensors

/// A layer that does not fit what comes into it.
package struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which of the layers that the model was declared with, from 0, or the block that it is in; set by the network.
    package let layerIndex: Int?
    /// `conv2`, or `residual1.conv2`; set by the network.
    package let layerName: String
    /// What came in: `7x7x64`.
    package let found: Shape
    /// What it needs, in words: `an image of at least 9x9 (kernel 9, no padding)`.
    package let needed: String

    package init(layerIndex: Int? = nil, layerName: String = "", found: Shape, needed: String) {
        self.layerIndex = layerIndex
        self.layerName = layerName
        self.found = found
        self.needed = needed
    }

    /// The same error, of a layer of a model or a block; the name of the innermost layer stays.
    func at(index: Int, name: String) -> ShapeError {
        ShapeError(
            layerIndex: index, layerName: layerName.isEmpty ? name : layerName, found: found, needed: needed)
    }

    /// `conv2 gets 6x4x8, but needs an image of at least 9x9 (kernel 9, no padding)`.
    package var description: String { "\(layerName) gets \(found), but needs \(needed)" }
}
