import Networks
import Tensors
import Training

/// Measures quantities of a trainer between two steps, each layer's numbers at most once for a step.
package final class Meter {
    package let trainer: Trainer
    /// What was measured since the last step, by the gauge's name.
    private var found: [String: Double] = [:]
    private var summaries: [Int: Summary] = [:]
    private var windows: [Int: ActivityWindow] = [:]

    package init(of trainer: Trainer) { self.trainer = trainer }

    /// Forgets the numbers of the step before: to be called after each step.
    package func advance() {
        found.removeAll(keepingCapacity: true)
        summaries.removeAll(keepingCapacity: true)
    }

    /// Nil where there is nothing to measure yet, or no more: activations are gone after a validation, unless they
    /// were measured before it.
    package func value(of gauge: Gauge) -> Double? {
        switch (gauge.quantity.measure, gauge.layer) {
        case (.ofRun(let measure), _): return measure(trainer)
        case (.ofLayer(_, let measure), let layer?):
            if let value = found[gauge.name] { return value }
            let value = measure(self, layer)
            found[gauge.name] = value
            return value
        case (.ofLayer, nil): return nil
        }
    }

    // MARK: Of a layer

    /// Nil unless the gradients of the last step are there.
    func gradientNorm(of layer: Int) -> Double? {
        guard trainer.holdsStep, trainer.phase != .forwarded else { return nil }
        return parameterIndices(of: layer).reduce(0) { $0 + trainer.gradientSquares[$1] }.squareRoot()
    }

    /// The first of its parameters: every layer that has some has a `weight`.
    func weight(of layer: Int) -> Parameter { trainer.network.layers[layer].parameters[0] }

    /// Nil unless the values before the last update were kept, or if they were all 0.
    func updateRatio(of layer: Int) -> Double? {
        guard let index = parameterIndices(of: layer).first,
            let before = trainer.valuesBeforeUpdate?[index]
        else { return nil }
        let size = before.sumOfSquares
        guard size > 0 else { return nil }
        return (trainer.network.parameters[index].value.squaredDistance(to: before) / size).squareRoot()
    }

    /// Nil unless the activations of the last step are there.
    func activationSummary(of layer: Int) -> Summary? {
        if let summary = summaries[layer] { return summary }
        guard trainer.holdsStep else { return nil }
        let summary = trainer.executor.activation(of: layer).summary
        summaries[layer] = summary
        return summary
    }

    /// Looks at the last step too, if its activations are there; nil until enough images were looked at.
    func deadShare(of layer: Int) -> Double? {
        let shape = trainer.network.layers[layer].output
        var window = windows[layer] ?? ActivityWindow(units: shape[shape.rank - 1])
        if trainer.holdsStep { window.add(trainer.executor.activation(of: layer)) }
        windows[layer] = window
        return window.deadShare(over: min(HealthyRange.deadImages, trainer.dataset.train.count))
    }

    private func parameterIndices(of layer: Int) -> Range<Int> {
        let first = trainer.network.layers[..<layer].reduce(0) { $0 + $1.parameters.count }
        return first..<first + trainer.network.layers[layer].parameters.count
    }
}
