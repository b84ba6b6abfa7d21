extension Network {
    /// The layers that a pattern means: one by its name, those of a block by the block's, or with a `*` at the end all
    /// whose names begin so.
    package func layers(matching pattern: String) -> [PlacedLayer] {
        layers.filter { Self.name($0.name, matches: pattern) }
    }

    /// The same for the name of anything in a network.
    static func name(_ name: String, matches pattern: String) -> Bool {
        let isPrefix = pattern.hasSuffix("*")
        return name == pattern || name.hasPrefix(isPrefix ? String(pattern.dropLast()) : pattern + ".")
    }
}
