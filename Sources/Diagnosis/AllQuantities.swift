import Networks
import Training

/// Every quantity there is: those of the run, then those of a layer.
package let allQuantities: [Quantity] =
    [
        ofRun("loss", "loss of the last batch") { $0.history.steps.last.map { Double($0.loss) } },
        ofRun("accuracy", "accuracy of the last batch, 0 to 1") {
            $0.history.steps.last.map { Double($0.accuracy) }
        },
        ofRun("epoch.loss", "training loss, mean over the epoch so far") { $0.epochSoFar?.loss },
        ofRun("epoch.accuracy", "training accuracy over the epoch so far, 0 to 1") {
            $0.epochSoFar?.accuracy
        },
        ofRun("rate", "learning rate of the last step") { $0.history.steps.last.map { Double($0.rate) } },
        ofRun("epoch", "finished epochs") { Double($0.position.epoch) },
        ofRun("step", "updates in the run") { Double($0.position.step) },
        ofRun("seconds", "time the run has spent on training, without validation") { $0.secondsTrained },
        ofRun("speed", "images per second, in the epoch so far") { $0.epochSoFar?.imagesPerSecond },
        ofRun("gradient.norm", "length of all gradients of the last step together, before any clipping") {
            $0.history.steps.last.map { Double($0.gradientNorm) }
        },
    ]
    + allMetrics.map { metric in
        ofRun("val.\(metric.name)", "validation after the last epoch: \(metric.summary)") {
            $0.history.epochs.last?.validationMetrics[metric.name]
        }
    } + [
        ofLayer("gradient.norm", "length of its gradients in the last step", has: hasParameters) {
            $0.gradientNorm
        },
        ofLayer("weight.norm", "length of its weight", .cheap, has: hasParameters) {
            $0.weight.sumOfSquares.squareRoot()
        },
        ofLayer("weight.notfinite", "NaN and infinities in its weight", .cheap, has: hasParameters) {
            Double($0.weight.nonFiniteCount)
        },
        ofLayer(
            "update.ratio", "|update| / |weight| of the last step, about 0.001 as a rule", .cheap,
            needsValuesBefore: true, has: hasParameters
        ) { $0.updateRatio },
        ofLayer(
            "dead", "share of its units without a positive number in the last 1024 images looked at",
            .expensive, spansSteps: true, has: { $0.layer is ReLU }
        ) { $0.deadShare },
        ofLayer("activation.mean", "mean of what it gave for the last batch", .expensive) {
            $0.activation?.mean
        },
        ofLayer("activation.std", "standard deviation of what it gave for the last batch", .expensive) {
            $0.activation?.deviation
        },
        ofLayer("activation.zeros", "share of zeros in what it gave for the last batch", .expensive) {
            $0.activation?.zeroShare
        },
        ofLayer(
            "activation.notfinite", "NaN and infinities in what it gave for the last batch", .expensive
        ) { $0.activation.map { Double($0.nonFinite) } },
    ]

private func ofRun(
    _ name: String, _ summary: String, _ measure: @escaping @Sendable (Trainer) -> Double?
) -> Quantity {
    Quantity(name, summary, .free, needsValuesBefore: false, spansSteps: false, .ofRun(measure))
}

private func ofLayer(
    _ name: String, _ summary: String, _ cost: Quantity.Cost = .free, needsValuesBefore: Bool = false,
    spansSteps: Bool = false, has: @escaping @Sendable (PlacedLayer) -> Bool = { _ in true },
    _ measure: @escaping @Sendable (LayerReading) -> Double?
) -> Quantity {
    Quantity(
        name, summary, cost, needsValuesBefore: needsValuesBefore, spansSteps: spansSteps,
        .ofLayer(has: has, measure))
}

private let hasParameters: @Sendable (PlacedLayer) -> Bool = { !$0.parameters.isEmpty }
