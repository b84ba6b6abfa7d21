import CommandLanguage
import Networks
import Training

/// Something about a session that an expression can ask by a bare name, beside what `Quantity` measures of training.
struct Fact: Sendable {
    let name: String
    /// A noun phrase.
    let summary: String
    /// Nil where there is none.
    let value: @Sendable (Session) -> Value?

    init(_ name: String, _ summary: String, _ value: @escaping @Sendable (Session) -> Value?) {
        (self.name, self.summary, self.value) = (name, summary, value)
    }
}

/// The visible list of facts: what exercises ask, and anybody who writes `if`.
let allFacts: [Fact] = [
    Fact("optimizer.name", "what updates the weights: `sgd`") {
        .text(type(of: $0.settings.optimizer).kind)
    },
    Fact("optimizer.rate", "the rate that was declared, before any schedule") {
        .number($0.settings.optimizer.rate)
    },
    Fact("loss.name", "what training makes small: `cross-entropy`") {
        .text(type(of: $0.settings.loss).kind)
    },
    Fact("batch.size", "images in a batch") { .number(Double($0.settings.batchSize)) },
    Fact("data.size", "training images") { $0.settings.dataset.map { .number(Double($0.train.count)) } },
    Fact("augment.count", "kinds of augmentation that are on") {
        .number(Double($0.settings.augmentations.count))
    },
    Fact("model.layers", "how many layers the model has") {
        $0.trainer.map { .number(Double($0.network.layers.count)) }
    },
    Fact("model.parameters", "how many numbers the model learns") {
        $0.trainer.map { .number(Double($0.network.parameterCount)) }
    },
    Fact("best.accuracy", "the best validation accuracy of any epoch of this run") {
        $0.trainer?.history.epochs.compactMap(\.validationAccuracy).max().map(Value.number)
    },
    Fact("gap", "training accuracy less validation accuracy after the last epoch") {
        guard let last = $0.trainer?.history.epochs.last, let validation = last.validationAccuracy else {
            return nil
        }
        return .number(last.trainAccuracy - validation)
    },
    Fact("used.epochs", "epochs trained since the exercise began, or since the start") {
        .number(Double($0.effort.epochs))
    },
    Fact("used.steps", "updates made since then") { .number(Double($0.effort.steps)) },
]

/// Training that was done, whatever became of it.
struct Effort: Sendable {
    var epochs = 0
    var steps = 0

    mutating func add(_ outcome: TrainingOutcome) {
        epochs += outcome.epochs.count
        steps += outcome.steps.count
    }
}
