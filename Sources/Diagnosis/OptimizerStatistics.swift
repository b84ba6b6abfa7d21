import Datasets
import Tensors
import Training

/// What an optimizer remembers of each parameter, and how far it moves it.
package struct OptimizerStatistics: Hashable, Sendable {
    /// One parameter's.
    package struct Row: Hashable, Sendable {
        package let parameter: String
        /// Updates since its slots were zeros.
        package let updates: Int
        /// Euclidean, in the order of the slots' names.
        package let slotNorms: [Double]
        /// Of all its slots.
        package let bytes: Int
        /// The mean absolute change of one number in one step; nil if it is not known.
        package let meanChange: Double?
    }

    package let slotNames: [String]
    /// What the optimizer multiplies its direction by in the next step.
    package let rate: Double
    package let rows: [Row]

    package var bytes: Int { rows.reduce(0) { $0 + $1.bytes } }

    /// Changes are those of the trainer's last update; if it has not kept them, of the next one, which is tried and taken
    /// back, unless that would lose a step in hand.
    ///
    /// - Throws: `DatasetError` if an image of the next batch cannot be read.
    package init(of trainer: Trainer) throws(DatasetError) {
        let canTry = trainer.phase == .ready && trainer.hasBatch
        let isKnown = trainer.valuesBeforeUpdate != nil
        let changes: [Double]? =
            isKnown || canTry
            ? try trainer.trying(isKnown ? nil : .update) { trainer.meanChanges } : nil
        let optimizer = trainer.optimizer
        slotNames = optimizer.slotNames
        rate = trainer.rate
        rows = trainer.network.parameters.enumerated().map { index, parameter in
            let slots = optimizer.slots[index].joined()
            return Row(
                parameter: parameter.name, updates: optimizer.stepCounts[index],
                slotNorms: slots.map { $0.sumOfSquares.squareRoot() },
                bytes: slots.reduce(0) { $0 + $1.count * MemoryLayout<Float>.size },
                meanChange: changes?[index])
        }
    }
}

extension Trainer {
    /// Of the last update; zeros if it was given up.
    fileprivate var meanChanges: [Double] {
        let before = valuesBeforeUpdate ?? network.parameters.map(\.value)
        return zip(network.parameters, before).map { parameter, before in
            var change = parameter.value
            change.combine(-1, before, 1)
            return change.meanMagnitude
        }
    }
}
