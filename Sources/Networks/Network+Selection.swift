extension Network {
    /// The layers that a pattern means: one by its name, those of a block by the block's, or with a `*` at the end all
    /// whose names begin so.
    package func layers(matching pattern: String) -> [PlacedLayer] {
        let isPrefix = pattern.hasSuffix("*")
        let start = isPrefix ? String(pattern.dropLast()) : pattern + "."
        return layers.filter { $0.name == pattern || $0.name.hasPrefix(start) }
    }
}
