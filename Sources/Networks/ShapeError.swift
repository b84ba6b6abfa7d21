import Tensors

/// A layer that does not fit what comes into it.
package struct ShapeError: Error, Hashable, Sendable {
    /// Which layer of the model, from 0; set by the network.
    package var layerIndex: Int?
    /// "conv2"; set by the network.
    package var layerName: String
    /// What came in: `7x7x64`.
    package let found: Shape
    /// What it needs, in words: "height and width of at least 9 (kernel 9, no padding)".
    package let needed: String

    package init(layerName: String = "", found: Shape, needed: String) {
        self.layerName = layerName
        self.found = found
        self.needed = needed
    }
}
