import Tensors

/// Tensors that are not those of a network.
package struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A tensor of the network's with other extents than PyTorch's for it.
    package struct Misshapen: Hashable, Sendable {
        package let name: String
        package let found: Shape
        package let needed: Shape
    }

    /// A tensor of the network's whose numbers are of a type that is not read.
    package struct Unread: Hashable, Sendable {
        package let name: String
        /// As the file calls it: `I64`.
        package let type: String
    }

    /// Of the network, and not given.
    package internal(set) var missing: [String] = []
    /// Given, and not of the network.
    package internal(set) var surplus: [String] = []
    /// Given with another shape.
    package internal(set) var misshapen: [Misshapen] = []
    /// Given with numbers of another kind.
    package internal(set) var unread: [Unread] = []
    /// Patterns of a selection that mean nothing, neither of the network nor given.
    package internal(set) var unknown: [String] = []
    /// Whether the selection has none of the network's tensors.
    package internal(set) var selectsNothing = false
    /// Whether `TensorMatching.order` was asked for, and the shapes of the layers are not those of the given ones.
    package internal(set) var hasNoOrder = false
    /// Whether `TensorMatching.order` would have found everything. No fault of its own.
    package internal(set) var fitsInOrder = false

    init() {}

    var isEmpty: Bool {
        missing.isEmpty && surplus.isEmpty && misshapen.isEmpty && unread.isEmpty && unknown.isEmpty
            && !selectsNothing && !hasNoOrder
    }

    /// The layer that everything wrong is about, if there is one: a head for other classes, perhaps.
    package var soleLayer: String? {
        guard unknown.isEmpty, !selectsNothing, !hasNoOrder else { return nil }
        let names = missing + surplus + misshapen.map(\.name) + unread.map(\.name)
        let layers = Set(names.map { $0[..<($0.lastIndex(of: ".") ?? $0.startIndex)] })
        guard layers.count == 1, let layer = layers.first, !layer.isEmpty else { return nil }
        return String(layer)
    }

    package var description: String {
        if !unknown.isEmpty { return "nothing in the model or in the file is called \(shortList(unknown))" }
        if selectsNothing { return "none of the model's layers is selected" }
        var parts: [String] = []
        if hasNoOrder { parts.append("its layers have other shapes, or there are more or fewer") }
        if !missing.isEmpty { parts.append("missing: \(shortList(missing))") }
        if !surplus.isEmpty { parts.append("not in the model: \(shortList(surplus))") }
        if !misshapen.isEmpty {
            parts.append(
                "of another shape: \(shortList(misshapen.map { "\($0.name) is \($0.found), not \($0.needed)" }))"
            )
        }
        if !unread.isEmpty {
            parts.append("not of floats: \(shortList(unread.map { "\($0.name) is \($0.type)" }))")
        }
        return "the weights are not this model's; \(parts.joined(separator: "; "))"
    }
}

/// The first few: a wholly different model would fill the screen.
func shortList(_ items: [String]) -> String {
    let shown = 4
    return items.prefix(shown).joined(separator: ", ")
        + (items.count > shown ? " and \(items.count - shown) more" : "")
}
