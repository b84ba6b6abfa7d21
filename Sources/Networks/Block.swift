/// A layer that holds layers.
package protocol Block: Layer {
    /// What is declared within it, with the braces: `{ conv 8; relu }`.
    var contents: String { get }
}

extension Block {
    package var description: String { "\(Self.kind) \(contents)" }

    package static func == (a: Self, b: Self) -> Bool { a.description == b.description }

    package func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
