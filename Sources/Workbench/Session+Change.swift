import CommandLanguage
import Networks
import Tensors
import Training

extension Session {
    /// Changes the layers of the model and says what was carried over.
    ///
    /// - Throws: `EditError`, or `TrainingError` if the changed model does not fit the data; then nothing has changed.
    func change(_ edit: (Network) throws(EditError) -> NetworkEdit) throws {
        let trainer = try requireTrainer()
        let edit = try edit(trainer.network)
        let (changed, report) = try trainer.rebuilt(
            by: edit, initializer: settings.initializer,
            random: RandomStream(seed: settings.seed, name: "init"))
        adopt(changed)
        declareModelAnew(changed.network)
        note(edit.summary(from: trainer.network, to: changed.network))
        note(StyledText("\(report)", .faint))
        for deviation in edit.deviations { show(StyledText(deviation.description, .warning)) }
        warnOfLoss()
    }

    /// From now on the model is declared as it is, with its names, and no longer as it was typed.
    private func declareModelAnew(_ network: Network) {
        let text = """
            model \(network.name) init=\(settings.initializer) {
            \(network.declaration.map { "    \($0)" }.joined(separator: "\n"))
            }
            """
        guard let call = try? RecordedStatement.call(of: text, in: Session.catalog) else {
            preconditionFailure("a model prints what declares it, but not here: \(text)")
        }
        declarations.replaceModel(by: call)
    }

    /// The layer of that name.
    ///
    /// - Throws: `Refusal.unknownLayer`.
    func layer(named name: String, argument: String) throws -> PlacedLayer {
        let network = try requireTrainer().network
        guard let layer = network.layers.first(where: { $0.name == name }) else {
            throw Refusal.unknownLayer(name, known: network.layers.map(\.name), argument: argument)
        }
        return layer
    }

    /// The names of the layers that patterns mean.
    func layers(meantBy patterns: [Value]) throws -> Set<String> {
        let network = try requireTrainer().network
        return Set(
            try patterns.flatMap { pattern in
                guard case .text(let pattern) = pattern else { return [String]() }
                return try network.layers(meantBy: pattern, argument: "layers")
            })
    }

    /// The names of all layers of a kind or, if that is none, of those that a pattern means.
    func layers(ofKindOrName word: String) throws -> Set<String> {
        let network = try requireTrainer().network
        let ofKind = network.layers.filter { type(of: $0.layer).kind == word }
        return Set(try ofKind.isEmpty ? network.layers(meantBy: word, argument: "what") : ofKind.map(\.name))
    }
}

extension Network {
    fileprivate func layers(meantBy pattern: String, argument: String) throws -> [String] {
        let meant = layers(matching: pattern).map(\.name)
        guard !meant.isEmpty else {
            throw Refusal.unknownLayer(pattern, known: layers.map(\.name), argument: argument)
        }
        return meant
    }
}

extension NetworkEdit {
    /// `new: dropout1; lenet: 8 layers, 1 443 parameters, 12x12x1 -> 3`
    fileprivate func summary(from old: Network, to new: Network) -> StyledText {
        let before = Dictionary(uniqueKeysWithValues: old.layers.map { ($0.name, $0) })
        let staying = new.layers.filter { !added.contains($0.name) }
        let changed = staying.compactMap { layer -> String? in
            guard let own = before[layer.name], "\(own.layer)" != "\(layer.layer)",
                !(layer.layer is any Block)
            else { return nil }
            guard let count = new.filters(of: layer.name), let previous = old.filters(of: layer.name),
                count != previous
            else { return layer.name }
            return "\(layer.name) \(previous) -> \(count)"
        }
        let changes = [("removed", removed), ("new", added), ("changed", changed)]
            .filter { !$0.1.isEmpty }.map { "\($0): \($1.joined(separator: ", ")); " }
        return StyledText(changes.joined()) + new.summaryLine
    }
}

extension NetworkEdit.Deviation {
    fileprivate var description: String {
        switch self {
        case .fewer(let layer, let count):
            "the outputs are not what they were: \(Figures.count(count, "channel")) of \(layer) "
                + (count == 1 ? "is" : "are") + " gone"
        case .unequal(let layer):
            "the outputs are not quite what they were: \(layer) works over channels that were not copied equally often"
        }
    }
}
