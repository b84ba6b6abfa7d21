import Tensors

/// Weights and running statistics in PyTorch's names, shapes and order.
///
/// PyTorch's `num_batches_tracked` is neither written nor read: with a fixed momentum it has no effect, and
/// `load_state_dict` does without it.
extension Network {
    /// Every parameter and buffer, in order of layers: what `state_dict()` holds.
    package func exportTensors() -> [(name: String, tensor: Tensor)] {
        owned.map { ($0.name, $0.layout.exported($0.value)) }
    }

    /// Every parameter's gradient, under the parameter's name.
    package func exportGradients() -> [(name: String, tensor: Tensor)] {
        parameters.map { ($0.name, $0.layout.exported($0.gradient)) }
    }

    /// Replaces the selected parameters and buffers, or none; the others stay as they are.
    ///
    /// `skipped` are the file's tensors of a type that is not read, their types by name.
    ///
    /// - Throws: `ImportError` with everything that does not fit.
    @discardableResult
    package func importTensors(
        _ tensors: [String: Tensor], skipped: [String: String] = [:],
        selecting selection: TensorSelection = .all, matching: TensorMatching = .names
    ) throws(ImportError) -> ImportReport {
        let targets = owned.filter { selection.contains($0.name) }
        let offered = Set(tensors.keys).union(skipped.keys)
            .filter { selection.contains($0) && $0.split(separator: ".").last != "num_batches_tracked" }
        var error = ImportError()
        error.unknown = selection.patterns.filter { pattern in
            !owned.contains { Self.name($0.name, matches: pattern) }
                && !tensors.keys.contains { Self.name($0, matches: pattern) }
        }
        error.selectsNothing = targets.isEmpty && !owned.isEmpty
        let needed = targets.map { (name: $0.name, shape: $0.layout.exportedShape($0.value.shape)) }
        let shapes = tensors.filter { offered.contains($0.key) }.mapValues(\.shape)
        // The name in the file, by the network's.
        var sources = Dictionary(uniqueKeysWithValues: needed.map { ($0.name, $0.name) })
        var guesses = 0
        if matching == .order {
            guard let match = OrderMatch(needed, shapes) else {
                error.hasNoOrder = true
                throw error
            }
            (sources, guesses) = (match.sources, match.guesses)
        }
        for (name, shape) in needed {
            guard let source = sources[name] else { continue }
            if let type = skipped[source] {
                error.unread.append(.init(name: name, type: type))
            } else if let found = shapes[source] {
                if found != shape { error.misshapen.append(.init(name: name, found: found, needed: shape)) }
            } else {
                error.missing.append(name)
            }
        }
        error.surplus = offered.subtracting(sources.values).sorted()
        guard error.isEmpty else {
            error.fitsInOrder =
                matching == .names && error.unknown.isEmpty && !error.selectsNothing
                && OrderMatch(needed, shapes) != nil
            throw error
        }

        for target in targets {
            guard let source = sources[target.name], let tensor = tensors[source] else { continue }
            target.value = target.layout.imported(tensor, as: target.value.shape)
        }
        let kept = owned.map(\.name).filter { !selection.contains($0) }
        return ImportReport(
            loaded: needed.map { .init(name: $0.name, source: sources[$0.name] ?? $0.name) }, kept: kept,
            unused: Set(tensors.keys).filter { !selection.contains($0) }.subtracting(kept).sorted(),
            guesses: guesses)
    }

    private var owned: [Parameter] { layers.flatMap { $0.parameters + $0.buffers } }
}
