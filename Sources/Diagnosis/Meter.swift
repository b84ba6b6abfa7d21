import Networks
import Tensors
import Training

/// Measures quantities of a trainer between two steps, each layer's numbers at most once for a step.
///
/// It does not keep the trainer alive.
package final class Meter {
    package private(set) weak var trainer: Trainer?
    /// What was measured since the last step, or found not to be there, by the gauge's name.
    private var found: [String: Double?] = [:]
    /// By the layer's index.
    var summaries: [Int: Summary] = [:]
    var windows: [Int: ActivityWindow] = [:]
    /// The names of what needs several steps and has looked at enough of them.
    private var complete: Set<String> = []

    package init(of trainer: Trainer) { self.trainer = trainer }

    /// Forgets the numbers of the step before: to be called after each step.
    package func advance() {
        found.removeAll(keepingCapacity: true)
        summaries.removeAll(keepingCapacity: true)
    }

    /// Looks at the last step for a quantity that needs several, until it has a value: to be called after each step that
    /// is not asked about, so that the first value does not have to wait for as many that are.
    package func gather(_ gauge: Gauge) {
        guard gauge.quantity.spansSteps, !complete.contains(gauge.name), value(of: gauge) != nil else {
            return
        }
        complete.insert(gauge.name)
    }

    /// Nil where there is nothing to measure yet, or no more: activations are gone after a validation, unless they
    /// were measured before it.
    package func value(of gauge: Gauge) -> Double? {
        guard let trainer else { return nil }
        switch (gauge.quantity.measure, gauge.layer) {
        case (.ofRun(let measure), _): return measure(trainer)
        case (.ofLayer(_, let measure), let layer?):
            if let value = found[gauge.name] { return value }
            let value = measure(LayerReading(meter: self, trainer: trainer, layer: layer))
            found.updateValue(value, forKey: gauge.name)
            return value
        case (.ofLayer, nil): return nil
        }
    }
}
