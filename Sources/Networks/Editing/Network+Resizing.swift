import Tensors

extension Network {
    /// What more filters start as.
    package enum NewFilters: String, CaseIterable, Sendable {
        /// Copies of filters that are there, which share the weights of what reads them: Net2WiderNet (Chen, Goodfellow
        /// & Shlens, 2016). The shares are unequal, so that copies get unequal gradients (Wang et al., 2024).
        case copied
        /// Drawn anew, while what reads them starts with weights of 0 for them.
        case drawn
    }

    /// The network with so many filters, or units, in a layer and in those that are tied to it, because their values
    /// are added. What reads them is re-shaped likewise.
    ///
    /// More of them leave the network's outputs as they are, but for rounding; of fewer, those with the largest norm
    /// stay. What keeps a change from being exact is in the edit's `deviations`.
    ///
    /// - Precondition: the layer exists, and the count is 1 or more.
    package func resizing(
        _ name: String, to count: Int, new: NewFilters = .copied
    ) throws(EditError) -> NetworkEdit {
        guard let index = layers.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("no layer is called \(name)")
        }
        return try Resizing(self, layer: index, to: count, new).edit()
    }

    /// How many filters or units a layer has; nil if the number is not its own.
    package func filters(of name: String) -> Int? {
        guard let layer = layers.first(where: { $0.name == name }),
            case .mixed = layer.layer.channelFlow(for: layer.input)
        else { return nil }
        return layer.output[layer.output.rank - 1]
    }

    /// The layers whose filters can only change together with those of this one, itself included.
    package func layersTied(to name: String) -> [String] {
        guard let index = layers.firstIndex(where: { $0.name == name }) else { return [] }
        let ties = ChannelTies(self)
        return ties.outputs[index].flatMap { ties[$0].declaring }.map { layers[$0].name }
    }
}

/// A change of the number of channels in one bundle, followed through the network.
private struct Resizing {
    private let network: Network
    private let ties: ChannelTies
    private let run: ChannelTies.Run
    private let layer: PlacedLayer
    private let count: Int
    /// Of the bundle's new channels.
    private let sources: [Int?]

    init(
        _ network: Network, layer index: Int, to count: Int, _ new: Network.NewFilters
    ) throws(EditError) {
        self.network = network
        self.count = count
        layer = network.layers[index]
        ties = ChannelTies(network)
        let runs = ties.outputs[index]
        guard network.filters(of: layer.name) != nil else {
            let declaring = runs.flatMap { [ties] in ties[$0].declaring }.map { network.layers[$0].name }
            throw .noFilters(layer: layer.name, declaring: declaring)
        }
        run = runs[0]
        let bundle = ties[run]
        if let fixed = bundle.fixed { throw .fixed(layer: layer.name, fixed) }
        guard count % bundle.groups == 0 else {
            throw .groups(layer: layer.name, count: count, groups: bundle.groups)
        }
        guard count != bundle.count else { throw .unchanged(layer: layer.name, count: count) }
        // The same in each group: so what reads or makes groups gets the same places in each.
        let (old, wanted) = (bundle.count / bundle.groups, count / bundle.groups)
        let local: [Int?] =
            if wanted < old {
                Self.strongest(wanted, of: Self.norms(of: bundle, in: network, places: old))
            } else if new == .copied {
                (0..<wanted).map { $0 * old / wanted }
            } else {
                (0..<wanted).map { $0 < old ? $0 : nil }
            }
        sources = (0..<bundle.groups).flatMap { group in local.map { $0.map { group * old + $0 } } }
    }

    /// The squared norm of the filters at each place, over all groups and layers.
    private static func norms(of bundle: ChannelTies.Bundle, in network: Network, places: Int) -> [Double] {
        var norms = [Double](repeating: 0, count: places)
        for layer in bundle.declaring.map({ network.layers[$0] }) {
            for (declaration, parameter) in layer.declaredTensors where declaration.shape.rank > 1 {
                guard let axis = declaration.axes.firstIndex(of: .outputs) else { continue }
                for (index, square) in parameter.value.sumsOfSquares(axis: axis).enumerated() {
                    norms[index % places] += square
                }
            }
        }
        return norms
    }

    private static func strongest(_ count: Int, of norms: [Double]) -> [Int] {
        norms.indices.sorted { a, b in
            let (x, y) = (norms[a].isNaN ? -1 : norms[a], norms[b].isNaN ? -1 : norms[b])
            return x == y ? a < b : x > y
        }.prefix(count).sorted()
    }

    func edit() throws(EditError) -> NetworkEdit {
        var maps: [String: TensorMap] = [:]
        var resized: [String: any Layer] = [:]
        let fewer = ties[run].count - count
        var deviations: [NetworkEdit.Deviation] =
            fewer > 0 ? [.fewer(layer: layer.name, count: fewer)] : []
        for (index, layer) in network.layers.enumerated() {
            let (inputs, outputs) = (sources(of: ties.inputs[index]), sources(of: ties.outputs[index]))
            guard inputs != nil || outputs != nil else { continue }
            if fewer < 0, !isExact(layer, after: inputs) { deviations.append(.unequal(layer: layer.name)) }
            for (declaration, tensor) in layer.declaredTensors {
                maps[tensor.name] = TensorMap(
                    declaration.axes.enumerated().compactMap { axis, role in
                        map(axis, of: declaration, role, layer, inputs, outputs)
                    })
            }
            resized[layer.name] = layer.layer.resized(
                from: layer.input, inputs: inputs?.count ?? layer.input[layer.input.rank - 1],
                outputs: outputs?.count ?? layer.output[layer.output.rank - 1])
        }
        var outline = LayerOutline(network.declaration)
        outline.replace { [resized] entry, name in
            guard entry.branches.isEmpty, let layer = resized[name] else { return nil }
            var entry = entry
            entry.layer = layer
            return [entry]
        }
        return try NetworkEdit(of: network, to: outline, maps: maps, deviations: deviations)
    }

    /// Where a value's channels come from; nil if they stay.
    private func sources(of runs: [ChannelTies.Run]) -> [Int?]? {
        guard runs.contains(where: { $0.bundle == run.bundle }) else { return nil }
        var all: [Int?] = []
        var first = 0
        for part in runs {
            let channels = part.bundle == run.bundle ? sources : (0..<ties[part].count).map { $0 }
            for channel in channels {
                all += (0..<part.spread).map { place in channel.map { first + $0 * part.spread + place } }
            }
            first += ties[part].count * part.spread
        }
        return all
    }

    /// What becomes of one axis of a tensor; nil if it stays. An axis of groups has the places of the first one.
    private func map(
        _ axis: Int, of declaration: ParameterDeclaration, _ role: ParameterDeclaration.Axis,
        _ layer: PlacedLayer, _ inputs: [Int?]?, _ outputs: [Int?]?
    ) -> TensorMap.Axis? {
        let (shape, sources): (Shape, [Int?]?) =
            switch role {
            case .inputs: (layer.input, inputs)
            case .outputs: (layer.output, outputs)
            case .other: (layer.output, nil)
            }
        guard let sources else { return nil }
        var mixes = false
        if case .mixed = layer.layer.channelFlow(for: layer.input) { mixes = true }
        let groups = shape[shape.rank - 1] / max(declaration.shape[axis], 1)
        return TensorMap.Axis(
            index: axis, sources: Array(sources.prefix(sources.count / max(groups, 1))),
            shares: mixes && role == .inputs)
    }

    /// Whether a layer makes of copies what they are copies of: if each of the channels that it normalises together is
    /// there as often as the others.
    private func isExact(_ layer: PlacedLayer, after inputs: [Int?]?) -> Bool {
        guard let inputs else { return true }
        let old = layer.input[layer.input.rank - 1]
        switch layer.layer.channelFlow(for: layer.input) {
        case .each, .mixed, .sum, .concatenation: return true
        case .competing: return false
        case .normalized(let groups):
            guard inputs.count % groups == 0 else { return false }
            return (0..<groups).allSatisfy { group in
                let new = inputs[(group * inputs.count / groups)..<((group + 1) * inputs.count / groups)]
                let range = (group * old / groups)..<((group + 1) * old / groups)
                let counts = Dictionary(grouping: new) { $0 }.mapValues(\.count)
                return Set(counts.values).count == 1 && range.allSatisfy { counts[$0] != nil }
                    && counts.count == range.count
            }
        }
    }
}

extension PlacedLayer {
    /// Its tensors, each with its declaration.
    fileprivate var declaredTensors: [(ParameterDeclaration, Parameter)] {
        Array(zip(layer.parameters(for: input), parameters + buffers))
    }
}
