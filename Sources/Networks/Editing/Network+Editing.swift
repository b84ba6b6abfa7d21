extension Network {
    /// Where a new layer goes: next to the layer of that name, in its block.
    package enum Place: Hashable, Sendable {
        case before(String)
        case after(String)

        fileprivate var neighbour: String {
            switch self {
            case .before(let name), .after(let name): name
            }
        }
    }

    /// The network with a layer more. With `redrawing`, what has learned from other shapes than it would get starts
    /// with new weights; without, that is refused.
    ///
    /// - Precondition: the layer at `place` exists.
    package func inserting(
        _ layer: any Layer, _ place: Place, redrawing: Bool = false
    ) throws(EditError) -> NetworkEdit {
        var outline = LayerOutline(declaration)
        let new = LayerOutline.Entry(new: layer)
        outline.replace { entry, name in
            guard name == place.neighbour else { return nil }
            if case .before = place { return [new, entry] }
            return [entry, new]
        }
        return try NetworkEdit(of: self, to: outline, redrawing: redrawing)
    }

    /// The network without the layers of these names, and what is within them.
    package func removing(_ names: Set<String>, redrawing: Bool = false) throws(EditError) -> NetworkEdit {
        var outline = LayerOutline(declaration)
        outline.replace { _, name in names.contains(name) ? [] : nil }
        return try NetworkEdit(of: self, to: outline, redrawing: redrawing)
    }

    /// The network with another layer in the place of each of these.
    ///
    /// A layer of the same kind is the same layer declared otherwise: it keeps its name and what fits of its tensors.
    /// One of another kind keeps the name only if that was given and says nothing of the kind.
    package func replacing(
        _ names: Set<String>, by layer: any Layer, redrawing: Bool = false
    ) throws(EditError) -> NetworkEdit {
        var outline = LayerOutline(declaration)
        outline.replace { entry, name in
            guard names.contains(name) else { return nil }
            var new = LayerOutline.Entry(new: layer)
            new.isNew = type(of: entry.layer).kind != type(of: new.layer).kind
            if new.name == nil, !new.isNew || entry.hasNameOfItsOwn { new.name = entry.name }
            if new.name != entry.name { new.isNew = true }
            return [new]
        }
        return try NetworkEdit(of: self, to: outline, redrawing: redrawing)
    }
}

extension LayerOutline.Entry {
    /// Whether its name is not its kind with a number.
    fileprivate var hasNameOfItsOwn: Bool {
        guard let name else { return false }
        let kind = type(of: layer).namePrefix
        return !name.hasPrefix(kind) || Int(name.dropFirst(kind.count)) == nil
    }
}
