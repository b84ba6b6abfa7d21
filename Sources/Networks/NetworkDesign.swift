import Tensors

/// What a network is made of, without its numbers: two networks of one design can have each other's.
package struct NetworkDesign: Sendable, Equatable {
    package let name: String
    /// Of one image.
    package let input: Shape
    /// As they were declared.
    package let layers: [any Layer]

    package static func == (a: NetworkDesign, b: NetworkDesign) -> Bool {
        a.name == b.name && a.input == b.input
            && a.layers.map { AnyHashable($0) } == b.layers.map { AnyHashable($0) }
    }
}

extension Network {
    package var design: NetworkDesign { NetworkDesign(name: name, input: input, layers: declaration) }

    /// A network of that design, whose numbers are still to come.
    ///
    /// - Throws: `ShapeError`, which none throws that a network was made of.
    package convenience init(_ design: NetworkDesign) throws(ShapeError) {
        try self.init(
            name: design.name, input: design.input, layers: design.layers, initializer: Initializer(.zeros),
            random: RandomStream(seed: 0, name: "init"))
    }
}
