import Networks
import Training

/// Something that can be measured of a trainer between two steps, by its name in an expression: of the whole run, such
/// as `gradient.norm`, or of each layer, such as `gradient.norm` in `conv1.gradient.norm`.
///
/// Adding one is a line in `allQuantities`.
package struct Quantity: Sendable {
    /// What measuring it once takes.
    package enum Cost: Hashable, Sendable {
        /// Nothing: training computes it anyway.
        case free
        /// A pass through a layer's weights.
        case cheap
        /// A pass through all that a layer gave for the batch.
        case expensive
    }

    /// What it is a number of, and how it is got; nil where there is nothing to measure yet.
    enum Measure: Sendable {
        case ofRun(@Sendable (Trainer) -> Double?)
        case ofLayer(has: @Sendable (PlacedLayer) -> Bool, @Sendable (LayerReading) -> Double?)
    }

    package let name: String
    /// A noun phrase.
    package let summary: String
    package let cost: Cost
    /// Whether it compares the parameters with what they were before the update.
    package let needsValuesBefore: Bool
    /// Whether it has no value before it has looked at several steps.
    let spansSteps: Bool
    let measure: Measure

    init(
        _ name: String, _ summary: String, _ cost: Cost, needsValuesBefore: Bool, spansSteps: Bool,
        _ measure: Measure
    ) {
        self.name = name
        self.summary = summary
        self.cost = cost
        self.needsValuesBefore = needsValuesBefore
        self.spansSteps = spansSteps
        self.measure = measure
    }

    /// Whether it is a number of each layer that has it.
    package var isOfLayer: Bool {
        if case .ofLayer = measure { true } else { false }
    }
}
