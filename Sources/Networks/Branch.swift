/// Layers in a row within a block, such as the way around a residual block; none of them for the identity.
package struct Branch: Hashable, Sendable, ExpressibleByArrayLiteral {
    package let layers: [any Layer]
    /// What the names of its layers begin with, after the block's, instead of the block's own word for it.
    package let givenName: String?

    package init(_ layers: [any Layer], name: String? = nil) {
        self.layers = layers
        givenName = name
    }

    package init(arrayLiteral layers: any Layer...) { self.init(layers) }

    package var isEmpty: Bool { layers.isEmpty }

    /// As it is declared with this word: `shortcut name=downsample { conv 4 kernel=1 }`.
    func declaration(_ word: String) -> String {
        "\(word)\(givenName.map { " name=\($0)" } ?? "") \(block(layers.map { "\($0)" }))"
    }

    package static func == (a: Branch, b: Branch) -> Bool { a.declaration("") == b.declaration("") }

    package func hash(into hasher: inout Hasher) { hasher.combine(declaration("")) }
}

/// Declarations between braces.
func block(_ lines: [String]) -> String { lines.isEmpty ? "{ }" : "{ \(lines.joined(separator: "; ")) }" }
