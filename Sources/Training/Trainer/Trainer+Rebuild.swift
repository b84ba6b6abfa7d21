import Networks
import Tensors

extension Trainer {
    /// The same run with an edited network: weights, running statistics, what the optimizer remembers, averaged
    /// weights and the layers' rates go with their layers; streams, position, schedule and history stay. Early stopping
    /// forgets its best epoch, which was another network's. Takes back a step in hand.
    ///
    /// What is new is drawn by `initializer`, each tensor from its own part of `random`.
    ///
    /// - Throws: `EditError`, or `TrainingError` if the edited network does not fit data and loss; this trainer stays
    ///   as it is.
    package func rebuilt(
        by edit: NetworkEdit, initializer: Initializer, random: RandomStream
    ) throws -> (trainer: Trainer, carryOver: CarryOver) {
        rewind()
        let network = try edit.makeNetwork(initializer: initializer, random: random)
        let next = try Trainer(
            network, loss: loss, optimizer: optimizer.settings, schedule: schedule, dataset: dataset,
            normalization: normalization, augmentations: augmentations.stages, options: options,
            batchSize: batchSize, convolution: convolution, seed: 0, workers: workers)
        let state = state
        next.resume(state)
        next.layerRates = layerRates.limited(to: network.layers.map(\.name))
        next.optimizer = optimizer.carried(by: edit, from: self.network.parameters, to: network.parameters)
        next.average = average?.carried(by: edit, from: self.network.parameters, to: network.parameters)
        next.stopping?.forget()
        var report = carryOver(
            restarting: [.bestEpoch], dropping: network.buffers.isEmpty ? [.runningStatistics] : [])
        report.reshaped = edit.reshaped
        report.drawn =
            edit.redrawn
            + edit.added.filter { name in
                network.layers.contains { $0.name == name && !$0.parameters.isEmpty }
            }
        report.dropped = edit.removed.filter { name in
            self.network.layers.contains { $0.name == name && !$0.parameters.isEmpty }
        }
        return (next, report)
    }

    /// Takes one of the streams from another seed. An epoch in hand goes on at its place. Takes back a step in hand.
    package func change(seed: UInt64, of stream: RandomStreams.Name) -> CarryOver {
        streams = streams.reseeding(stream, seed)
        dropBatches()
        return carryOver()
    }

    /// Draws the weights of some layers anew, and forgets what was remembered of them: the optimizer's state, averaged
    /// weights. All else goes on, but for early stopping's best epoch. Takes back a step in hand.
    ///
    /// `initializer` is that of the layers that declare none of their own, or of all if `overriding`.
    package func redraw(
        _ layers: [String], initializer: Initializer, overriding: Bool, random: RandomStream
    ) -> CarryOver {
        rewind()
        network.initialize(initializer, random: random, layers: layers, overriding: overriding)
        let parameters = network.layers.flatMap { layer in
            layer.parameters.map { ($0, layers.contains(layer.name)) }
        }
        var report = carryOver(restarting: [.bestEpoch])
        report.drawn = layers
        for (index, (parameter, isDrawn)) in parameters.enumerated() where isDrawn {
            optimizer.forget(parameter: index)
            average?.replace(parameter: index, by: parameter.value)
        }
        stopping?.forget()
        holdsStep = false
        valuesBeforeUpdate = nil
        return report
    }
}

extension LayerRates {
    /// Without those of other layers than these.
    fileprivate func limited(to layers: [String]) -> LayerRates {
        var rates = LayerRates()
        rates.freeze(frozen.filter(layers.contains))
        for (layer, rate) in self.rates where layers.contains(layer) { rates.setRate(rate, of: [layer]) }
        return rates
    }
}

extension Optimizer {
    /// For an edited network's parameters: what is remembered goes with the parameter and is re-shaped like it; what is
    /// made of squares is shared out twice. New entries are zeros.
    fileprivate func carried(
        by edit: NetworkEdit, from old: [Parameter], to new: [Parameter]
    ) -> Optimizer {
        let places = Dictionary(uniqueKeysWithValues: old.indices.map { (old[$0].name, $0) })
        return moved(to: new, from: { edit.carries($0.name) ? places[$0.name] : nil }) {
            edit.carry(
                $0, of: $1.name, others: Tensor(zeros: $1.value.shape), asSquares: $2)
        }
    }
}

extension WeightAverage {
    /// For an edited network's parameters: new entries are those of the parameters themselves.
    fileprivate func carried(
        by edit: NetworkEdit, from old: [Parameter], to new: [Parameter]
    ) -> WeightAverage {
        let known = Dictionary(uniqueKeysWithValues: zip(old.map(\.name), values))
        let carried = new.map { parameter in
            guard edit.carries(parameter.name), let value = known[parameter.name] else {
                return parameter.value
            }
            return edit.carry(value, of: parameter.name, others: parameter.value)
        }
        return WeightAverage(settings, start: start, count: count, values: isEmpty ? [] : carried)
    }
}
