import Networks
import Tensors
import Training

/// The numbers of one layer in a trainer's last step.
struct LayerReading {
    let meter: Meter
    let trainer: Trainer
    /// Its index.
    let layer: Int

    private var placed: PlacedLayer { trainer.network.layers[layer] }

    /// Nil unless the gradients of the last step are there.
    var gradientNorm: Double? {
        guard trainer.holdsStep, trainer.phase != .forwarded else { return nil }
        return parameterIndices.reduce(0) { $0 + trainer.gradientSquares[$1] }.squareRoot()
    }

    /// The first of its parameters: every layer that has some has a `weight`.
    var weight: Tensor { placed.parameters[0].value }

    /// Nil unless the values before the last update were kept, or if they were all 0.
    var updateRatio: Double? {
        guard let before = trainer.valuesBeforeUpdate?[parameterIndices.lowerBound] else { return nil }
        let size = before.sumOfSquares
        return size > 0 ? (weight.squaredDistance(to: before) / size).squareRoot() : nil
    }

    /// Nil unless the activations of the last step are there.
    var activation: Summary? {
        if let summary = meter.summaries[layer] { return summary }
        guard trainer.holdsStep else { return nil }
        let summary = trainer.executor.activation(of: layer).summary
        meter.summaries[layer] = summary
        return summary
    }

    /// Looks at the last step too, if its activations are there; nil until enough images were looked at.
    var deadShare: Double? {
        let shape = placed.output
        if trainer.holdsStep {
            meter.windows[layer, default: ActivityWindow(units: shape[shape.rank - 1])]
                .add(trainer.executor.activation(of: layer))
        }
        return meter.windows[layer]?.deadShare(
            over: min(HealthyRange.deadImages, trainer.dataset.train.count))
    }

    private var parameterIndices: Range<Int> {
        let first = trainer.network.layers[..<layer].reduce(0) { $0 + $1.parameters.count }
        return first..<first + placed.parameters.count
    }
}
