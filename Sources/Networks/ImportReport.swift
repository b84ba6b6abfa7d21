/// What an import did.
package struct ImportReport: Hashable, Sendable {
    /// A tensor of the network's, and what it is called in the file.
    package struct Loaded: Hashable, Sendable {
        package let name: String
        package let source: String
    }

    package let loaded: [Loaded]
    /// The network's that were not selected.
    package let kept: [String]
    /// The file's that were not selected and that the network has not.
    package let unused: [String]
    /// Layers that only their place among layers of the same shapes has matched.
    package let guesses: Int

    /// `120 of 122 tensors`
    package var share: String { "\(loaded.count) of \(loaded.count + kept.count) tensors" }

    /// What was not touched, a line each.
    package var remarks: [String] {
        (kept.isEmpty ? [] : ["as they were: \(shortList(kept))"])
            + (unused.isEmpty ? [] : ["in the file, and left out: \(shortList(unused))"])
    }

    /// The network's layers with those of the file, in the network's order.
    package var layers: [Loaded] {
        var seen: Set<String> = []
        func layer(_ name: String) -> String { String(name[..<(name.lastIndex(of: ".") ?? name.startIndex)]) }
        return loaded.map { Loaded(name: layer($0.name), source: layer($0.source)) }
            .filter { seen.insert($0.name).inserted }
    }
}
