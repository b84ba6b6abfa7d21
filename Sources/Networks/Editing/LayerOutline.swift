/// A model's declaration taken apart, so that it can be changed: every layer with the name that it has.
///
/// Names stay with their layers: put together again, a layer whose number is no longer its place's is declared with
/// its name, and a new one gets the next number of its kind that no layer of its block has.
struct LayerOutline {
    struct Entry {
        /// Without name and initializer, and as a block with whatever is within it.
        var layer: any Layer
        var initializer: Initializer?
        /// Within its block; nil for a `mark` and for a new layer.
        var name: String?
        /// The layers within it, way by way.
        var branches: [LayerOutline] = []
        /// Whether the layer, and not only its neighbours, is new.
        var isNew = false
    }

    var entries: [Entry]

    init(_ layers: [any Layer]) {
        var numbers = LayerNumbers()
        entries = layers.map { layer in
            var entry = Entry(layer: layer.unnamed, initializer: layer.initializer)
            guard !(entry.layer is Mark) else { return entry }
            let numbered = numbers.name(ofNext: layer)
            entry.name = layer.givenName ?? numbered
            entry.branches = ((entry.layer as? any Block)?.branches ?? []).map { LayerOutline($0.layers) }
            return entry
        }
    }

    /// Puts other layers in the place of some, which are asked for by their names; nil leaves a layer as it is, and
    /// goes on within it.
    mutating func replace(_ replacement: (Entry, _ name: String) -> [Entry]?) {
        replace(after: "", replacement)
    }

    private mutating func replace(after prefix: String, _ replacement: (Entry, String) -> [Entry]?) {
        entries = entries.flatMap { entry -> [Entry] in
            guard let own = entry.name else { return [entry] }
            let name = prefix + own
            if let others = replacement(entry, name) { return others }
            var entry = entry
            for (index, prefix) in entry.prefixes(in: name).enumerated() {
                entry.branches[index].replace(after: prefix, replacement)
            }
            return [entry]
        }
    }

    /// Names the new layers, and gives the names of all of them, with those of the layers within.
    mutating func nameNewLayers() -> Set<String> { nameNewLayers(after: "") }

    private mutating func nameNewLayers(after prefix: String) -> Set<String> {
        var new: Set<String> = []
        for index in entries.indices where !(entries[index].layer is Mark) {
            let own = entries[index].name ?? nextName(of: entries[index].layer)
            entries[index].name = own
            let name = prefix + own
            if entries[index].isNew { new.insert(name) }
            for (way, prefix) in entries[index].prefixes(in: name).enumerated() {
                if entries[index].isNew { entries[index].branches[way].markAsNew() }
                new.formUnion(entries[index].branches[way].nameNewLayers(after: prefix))
            }
        }
        return new
    }

    private mutating func markAsNew() {
        for index in entries.indices { entries[index].isNew = true }
    }

    private func nextName(of layer: any Layer) -> String {
        let kind = type(of: layer).namePrefix
        let numbers = entries.compactMap { entry -> Int? in
            guard let name = entry.name, name.hasPrefix(kind) else { return nil }
            return Int(name.dropFirst(kind.count)).flatMap { $0 < .max ? $0 : nil }
        }
        return "\(kind)\((numbers.max() ?? 0) + 1)"
    }

    /// The declaration.
    var layers: [any Layer] {
        var numbers = LayerNumbers()
        return entries.map { entry in
            guard !(entry.layer is Mark) else { return entry.layer }
            let numbered = numbers.name(ofNext: entry.layer)
            var layer = entry.layer
            if let block = layer as? any Block {
                layer = block.holding(
                    zip(block.branches, entry.branches).map { Branch($1.layers, name: $0.givenName) })
            }
            if let initializer = entry.initializer { layer = layer.initialized(by: initializer) }
            return entry.name.map { $0 == numbered ? layer : layer.named($0) } ?? layer
        }
    }
}

extension LayerOutline.Entry {
    /// A layer that was not there before; with a name of its own, if it has been given one.
    init(new layer: any Layer) {
        self = LayerOutline([layer]).entries[0]
        name = layer.givenName
        isNew = true
    }

    /// What the names of the layers within begin with, way by way.
    fileprivate func prefixes(in name: String) -> [String] {
        guard let join = layer as? any Join else { return [] }
        return join.parts.compactMap { part in
            if case .branch = part { part.prefix(in: name) } else { nil }
        }
    }
}
