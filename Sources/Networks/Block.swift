/// A layer that holds layers.
package protocol Block: Layer {
    /// What stands between its word and the braces, if anything does.
    var arguments: String { get }
    /// What is declared within it, with the braces, `{ conv 8; relu }`; nil if it can do without and does.
    var contents: String? { get }
    /// The layers within it, way by way, in the order of a join's parts.
    var branches: [Branch] { get }

    /// The same with other layers within it, as many ways as there are.
    func holding(_ branches: [Branch]) -> any Layer
}

extension Block {
    package var arguments: String { "" }

    package var description: String { declaration(name: nil) }

    /// As it is typed: `concat down1 name=up1 { ... }`.
    func declaration(name: String?) -> String {
        [Self.kind, arguments, name.map { "name=\($0)" }, contents].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    package static func == (a: Self, b: Self) -> Bool { a.description == b.description }

    package func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
