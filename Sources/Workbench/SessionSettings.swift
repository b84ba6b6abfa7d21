import Datasets
import Networks
import Training

/// What is declared: what a session trains with, besides the model.
///
/// What is declared of single layers belongs to the model's training (`LayerRates`).
struct SessionSettings: Sendable {
    /// Makes every random choice from now on: splits, first weights, shuffling, augmentation, dropout.
    var seed: UInt64
    var dataset: Dataset?
    var optimizer: any OptimizerSettings = Adam()
    var schedule: any Schedule = ConstantSchedule()
    var options = TrainingOptions()
    var loss: any Loss = CrossEntropy()
    /// As the model was declared.
    var initializer = Initializer.he
    var batchSize = 64
    var convolution = ConvolutionPrecision.fast
    var augmentations: [any Augmentation] = []
    var normalizes = true

    init(seed: UInt64) { self.seed = seed }
}
