import Tensors

/// A layer that does not fit where it stands in a model.
package struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why it does not fit.
    package enum Reason: Hashable, Sendable {
        /// What comes in, `7x7x64`, and what it needs, in words: `an image of at least 9x9 (kernel 9, no padding)`.
        case input(found: Shape, needed: String)
        /// Another layer has its name.
        case nameTwice
    }

    /// Which of the layers that the model was declared with, from 0, or the block that it is in; set by the network.
    package let layerIndex: Int?
    /// `conv2`, or `residual1.conv2`; set by the network.
    package let layerName: String
    package let reason: Reason

    private init(layerIndex: Int?, layerName: String, reason: Reason) {
        self.layerIndex = layerIndex
        self.layerName = layerName
        self.reason = reason
    }

    package init(layerName: String = "", found: Shape, needed: String) {
        self.init(layerIndex: nil, layerName: layerName, reason: .input(found: found, needed: needed))
    }

    init(nameTwice name: String) { self.init(layerIndex: nil, layerName: name, reason: .nameTwice) }

    /// The same error, of a layer of a model or a block; the name of the innermost layer stays.
    func at(index: Int, name: String) -> ShapeError {
        ShapeError(layerIndex: index, layerName: layerName.isEmpty ? name : layerName, reason: reason)
    }

    /// `conv2 gets 6x4x8, but needs an image of at least 9x9 (kernel 9, no padding)`.
    package var description: String {
        switch reason {
        case .input(let found, let needed): "\(layerName) gets \(found), but needs \(needed)"
        case .nameTwice: "two layers are called \(layerName): give one of them another `name=`"
        }
    }
}
