/// Which of a network's tensors, and of a file's, are meant: those of some layers and blocks, or all but those.
package struct TensorSelection: Hashable, Sendable {
    /// As `Network.layers(matching:)` takes them: `layer1`, `layer1.0.conv1`, `layer*`.
    package let patterns: [String]
    /// Whether what the patterns mean is left out, instead of the rest.
    private let excludes: Bool

    package static let all = TensorSelection(except: [])

    package init(only patterns: [String]) { (self.patterns, excludes) = (patterns, false) }
    package init(except patterns: [String]) { (self.patterns, excludes) = (patterns, true) }

    func contains(_ name: String) -> Bool {
        patterns.contains { Network.name(name, matches: $0) } != excludes
    }
}

/// How a file's tensors find theirs in a network.
package enum TensorMatching: String, CaseIterable, Sendable {
    /// By equal names.
    case names
    /// Layers by the shapes of their tensors; among equals, in the order of the model and of the file's names.
    case order
}
