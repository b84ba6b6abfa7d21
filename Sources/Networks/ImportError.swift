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

    init() {}

    var isEmpty: Bool { missing.isEmpty && surplus.isEmpty && misshapen.isEmpty && unread.isEmpty }

    package var description: String {
        var parts: [String] = []
        if !missing.isEmpty { parts.append("missing: \(Self.list(missing))") }
        if !surplus.isEmpty { parts.append("not in the model: \(Self.list(surplus))") }
        if !misshapen.isEmpty {
            parts.append(
                "of another shape: \(Self.list(misshapen.map { "\($0.name) is \($0.found), not \($0.needed)" }))"
            )
        }
        if !unread.isEmpty {
            parts.append("not of floats: \(Self.list(unread.map { "\($0.name) is \($0.type)" }))")
        }
        return "the weights are not this model's; \(parts.joined(separator: "; "))"
    }

    /// The first few: a wholly different model would fill the screen.
    private static func list(_ items: [String]) -> String {
        let shown = 4
        return items.prefix(shown).joined(separator: ", ")
            + (items.count > shown ? " and \(items.count - shown) more" : "")
    }
}
