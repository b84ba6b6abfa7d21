import Networks
import Tensors

/// Everything that training changes, as one value: copying it is a snapshot and costs nothing until the next update.
///
/// What the user declared beside how parameters are updated (data, normalisation, augmentation, loss, batch size) is
/// not in it; `setup` only remembers it in words.
package struct TrainingState: Sendable {
    /// Weights and running statistics, in order of layers.
    package internal(set) var tensors: [NamedTensor]
    package internal(set) var optimizer: Optimizer
    package internal(set) var schedule: any Schedule
    package internal(set) var scheduleStart: ScheduleStart
    package internal(set) var clipping: GradientClipping
    package internal(set) var layerRates: LayerRates
    package internal(set) var average: WeightAverage?
    package internal(set) var stopping: StoppingWatch?
    package internal(set) var streams: RandomStreams
    package internal(set) var position: TrainingPosition
    package internal(set) var history: RunHistory
    package internal(set) var setup: TrainingSetup
}

/// The value of a parameter or of a running statistic, as it lies in memory.
package struct NamedTensor: Sendable {
    package let name: String
    let layout: Parameter.Layout
    var value: Tensor
    /// False for running statistics.
    let isTrained: Bool

    init(_ parameter: Parameter, _ value: Tensor, isTrained: Bool) {
        name = parameter.name
        self.isTrained = isTrained
        layout = parameter.layout
        self.value = value
    }

    /// In PyTorch's order.
    package var exported: Tensor { layout.exported(value) }
}

/// What a run was made of, in words: a checkpoint that is loaded elsewhere can then say what is different there.
package struct TrainingSetup: Hashable, Sendable, Codable {
    /// The model's lines.
    package let layers: [String]
    package let data: String
    package let images: Int
    package let normalization: String
    package let augmentations: [String]
    package let batchSize: Int
    /// How convolutions may round.
    package let convolution: String
    package let loss: String
    package let sampling: String

    /// What differs: which thing, what it is here, and what it is in `other`.
    package func differences(from other: TrainingSetup) -> [Difference] {
        func list(_ lines: [String]) -> String { lines.isEmpty ? "none" : lines.joined(separator: "; ") }
        let pairs = [
            Difference(what: "layers", here: list(layers), there: list(other.layers)),
            Difference(what: "data", here: data, there: other.data),
            Difference(what: "training images", here: "\(images)", there: "\(other.images)"),
            Difference(what: "normalization", here: normalization, there: other.normalization),
            Difference(what: "augmentation", here: list(augmentations), there: list(other.augmentations)),
            Difference(what: "batch size", here: "\(batchSize)", there: "\(other.batchSize)"),
            Difference(what: "convolution", here: convolution, there: other.convolution),
            Difference(what: "loss", here: loss, there: other.loss),
            Difference(what: "sampling", here: sampling, there: other.sampling),
        ]
        return pairs.filter { $0.here != $0.there }
    }

    package struct Difference: Hashable, Sendable {
        package let what: String
        package let here: String
        package let there: String
    }
}
