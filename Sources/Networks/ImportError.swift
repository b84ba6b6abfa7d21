import Tensors

/// Tensors that are not those of a network.
package struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A tensor of the network's with other extents than PyTorch's for it.
    package struct Misshapen: Hashable, Sendable {
        package let name: String
        package let found: Shape
        package let needed: Shape
    }

    /// Of the network, and not given.
    package internal(set) var missing: [String] = []
    /// Given, and not of the network.
    package internal(set) var surplus: [String] = []
    /// Given with another shape.
    package internal(set) var misshapen: [Misshapen] = []

    init() {}

    var isEmpty: Bool { missing.isEmpty && surplus.isEmpty && misshapen.isEmpty }

    package var description: String {
        var parts: [String] = []
        if !missing.isEmpty { parts.append("missing: \(Self.list(missing))") }
        if !surplus.isEmpty { parts.append("not in the model: \(Self.list(surplus))") }
        if !misshapen.isEmpty {
            parts.append(
                "of another shape: \(Self.list(misshapen.map { "\($0.name) is \($0.found), not \($0.needed)" }))"
            )
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
