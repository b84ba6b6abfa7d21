/// Which of a network's tensors, and of a file's, are meant: those of some layers and blocks, or all but those.
package struct TensorSelection: Hashable, Sendable {
    /// Beginnings of names up to a dot: `layer1`, `layer1.0.conv1`.
    package let parts: [String]
    /// Whether what the parts name is left out, instead of the rest.
    private let excludes: Bool

    package static let all = TensorSelection(except: [])

    package init(only parts: [String]) { (self.parts, excludes) = (parts, false) }
    package init(except parts: [String]) { (self.parts, excludes) = (parts, true) }

    func contains(_ name: String) -> Bool { parts.contains { Self.name(name, isIn: $0) } != excludes }

    static func name(_ name: String, isIn part: String) -> Bool { name == part || name.hasPrefix(part + ".") }
}

/// How a file's tensors find theirs in a network.
package enum TensorMatching: String, CaseIterable, Sendable {
    /// By equal names.
    case names
    /// Layers by the shapes of their tensors; among equals, in the order of the model and of the file's names.
    case order
}
