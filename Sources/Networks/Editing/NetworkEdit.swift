import Tensors

/// Other layers for a network, and what becomes of its tensors: which stay, which are re-shaped, which are drawn.
package struct NetworkEdit {
    /// The declaration of the network that is to be.
    package let layers: [any Layer]
    /// Names of layers that the network has not had.
    package let added: [String]
    /// Names of layers that it has no more.
    package let removed: [String]
    /// Layers that stay, with tensors that are re-shaped.
    package let reshaped: [String]
    /// Layers that stay, but start with new weights, because the old ones do not fit.
    package let redrawn: [String]
    /// Why the outputs are not what they were, where weights alone could have kept them.
    package let deviations: [Deviation]

    /// What keeps a change of the number of channels from being exact.
    package enum Deviation: Hashable, Sendable {
        /// So many channels of the layer are gone.
        case fewer(layer: String, count: Int)
        /// The layer normalises, or shares out, over channels that are no longer there in equal numbers.
        case unequal(layer: String)
    }

    private let network: Network
    private let maps: [String: TensorMap]
    /// The names of the tensors that stay or are re-shaped.
    private let carried: Set<String>

    /// `maps` say what becomes of tensors by name; without `redrawing` all others must fit as they are.
    init(
        of network: Network, to outline: LayerOutline, maps: [String: TensorMap] = [:],
        deviations: [Deviation] = [], redrawing: Bool = false
    ) throws(EditError) {
        var outline = outline
        guard !outline.entries.isEmpty else { throw .empty }
        let named = outline.nameNewLayers()
        layers = outline.layers
        let placements: [Placement]
        do {
            placements = try Placer.place(layers, after: network.input)
        } catch {
            throw .shape(error)
        }
        let old = Dictionary(uniqueKeysWithValues: network.layers.map { ($0.name, $0) })
        let new = named.union(placements.map(\.name).filter { old[$0] == nil })
        var carried: Set<String> = []
        var (reshaped, redrawn) = ([String](), [String]())
        for placement in placements where !new.contains(placement.name) {
            guard let layer = old[placement.name] else { continue }
            let names = try layer.tensors(for: placement, maps) { (misfit) throws(EditError) in
                guard redrawing else { throw misfit }
            }
            if names.isEmpty, !(layer.parameters + layer.buffers).isEmpty { redrawn.append(layer.name) }
            if names.contains(where: { maps[$0] != nil }) { reshaped.append(layer.name) }
            carried.formUnion(names)
        }
        let staying = Set(placements.map(\.name))
        added = placements.map(\.name).filter(new.contains)
        removed = network.layers.map(\.name).filter { !staying.contains($0) || new.contains($0) }
        (self.reshaped, self.redrawn, self.carried) = (reshaped, redrawn, carried)
        (self.network, self.maps, self.deviations) = (network, maps, deviations)
    }

    /// The network that is to be: what can stay has stayed, the rest is drawn by `initializer`, each tensor from its
    /// own part of `random`.
    package func makeNetwork(
        initializer: Initializer, random: RandomStream
    ) throws(EditError) -> Network {
        let edited: Network
        do {
            edited = try Network(
                name: network.name, input: network.input, layers: layers, initializer: initializer,
                random: random)
        } catch {
            throw .shape(error)
        }
        let old = Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0.value) })
        for tensor in edited.tensors where carries(tensor.name) {
            guard let value = old[tensor.name] else { continue }
            tensor.value = carry(value, of: tensor.name, others: tensor.value)
        }
        return edited
    }

    /// Whether the tensor of this name stays, maybe re-shaped.
    package func carries(_ name: String) -> Bool { carried.contains(name) }

    /// What becomes of something of the shape of the tensor `name`, which stays: its value, an average of it, what an
    /// optimizer remembers of it. New entries are those of `others`.
    package func carry(
        _ tensor: Tensor, of name: String, others: Tensor, asSquares: Bool = false
    ) -> Tensor {
        maps[name]?.apply(
            to: tensor, others: others, random: RandomStream(seed: 0, name: name), ofSquares: asSquares)
            ?? tensor
    }
}

extension Network {
    /// Parameters and running statistics, in order of layers.
    fileprivate var tensors: [Parameter] { layers.flatMap { $0.parameters + $0.buffers } }
}

extension PlacedLayer {
    /// The names of the tensors that the layer keeps where it is placed next: all, or none if one of them has another
    /// shape there. Then `refuse` may throw.
    fileprivate func tensors(
        for placement: Placement, _ maps: [String: TensorMap], refuse: (EditError) throws(EditError) -> Void
    ) throws(EditError) -> [String] {
        let needed = Dictionary(
            uniqueKeysWithValues: placement.layer.parameters(for: placement.input).map {
                ("\(name).\($0.suffix)", $0.shape)
            })
        let tensors = (parameters + buffers).filter { needed[$0.name] != nil }
        for tensor in tensors {
            let found = maps[tensor.name]?.shape(from: tensor.value.shape) ?? tensor.value.shape
            guard let needed = needed[tensor.name], needed != found else { continue }
            let suffix = String(tensor.name.dropFirst(name.count + 1))
            try refuse(
                .misfit(
                    layer: name, tensor: suffix, found: tensor.layout.exportedShape(found),
                    needed: tensor.layout.exportedShape(needed)))
            return []
        }
        return tensors.map(\.name)
    }
}
