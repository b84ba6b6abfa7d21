/// Counts the layers of a model or a block by kind, as their names do: `conv1`, `relu1`, `conv2`. A layer with a name
/// of its own counts, too.
struct LayerNumbers {
    private var counts: [String: Int] = [:]

    /// What the next layer is called if it has no name of its own.
    mutating func name(ofNext layer: any Layer) -> String {
        let kind = type(of: layer).namePrefix
        counts[kind, default: 0] += 1
        return "\(kind)\(counts[kind, default: 0])"
    }
}
