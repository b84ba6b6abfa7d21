import Datasets
import Networks
import Tensors
import Training

/// All that commands change, as one value: a copy costs nothing until the next update.
///
/// A step in hand is no part of it, nor are the language's variables and what was kept elsewhere: files, runs.
struct SessionState: Sendable {
    /// Of what is declared.
    let revision: Revision
    let settings: SessionSettings
    let declarations: Declarations
    let trail: Trail
    /// Nil until a model fits the data.
    var model: ModelState?
}

/// Stands for what is declared: where something else is, there is another.
final class Revision: Sendable {}

/// A model and how far it is trained.
struct ModelState: Sendable {
    let design: NetworkDesign
    let normalization: Normalization
    var training: TrainingState
    /// What `resume` would go on to.
    let goal: TrainingGoal?
}

extension Session {
    /// Everything as it was after the last update.
    var state: SessionState {
        SessionState(
            revision: revision, settings: settings, declarations: declarations, trail: trail,
            model: trainer.map { trainer in
                ModelState(
                    design: trainer.network.design, normalization: trainer.normalization,
                    training: trainer.state,
                    goal: unfinished.flatMap { $0.trainer === trainer ? $0.goal : nil })
            })
    }

    /// Goes back, or on, to a state, this session's or another's: what comes is as if nothing else had been.
    ///
    /// Takes back a step in hand. The trainer goes on unless the network, the data, the loss, the size of batches or
    /// the convolutions are others.
    ///
    /// - Throws: `TrainingError` if the trainer cannot be made anew, for want of memory say; then nothing has changed.
    func adopt(_ state: SessionState) throws {
        let trainer = try state.model.map { try self.trainer(for: $0, with: state.settings) }
        become(state, with: trainer)
    }

    private func trainer(for model: ModelState, with settings: SessionSettings) throws -> Trainer {
        guard let dataset = settings.dataset else { preconditionFailure("a model has data that it fits") }
        let isSameNetwork = trainer?.network.design == model.design
        let adopting: Trainer
        if isSameNetwork, let trainer, trainer.hasPlan(on: dataset, settings) {
            try trainer.change(sampling: settings.options.sampling)
            trainer.augmentations = AugmentationPipeline(settings.augmentations)
            trainer.normalization = model.normalization
            adopting = trainer
        } else {
            let own = isSameNetwork ? trainer?.network : nil
            adopting = try makeTrainer(
                try own ?? Network(model.design), dataset, model.normalization, settings)
        }
        try adopting.restore(model.training)
        return adopting
    }
}

extension Trainer {
    /// Whether what was planned and measured for training on these data with these settings is there.
    fileprivate func hasPlan(on dataset: Dataset, _ settings: SessionSettings) -> Bool {
        self.dataset.hasSameImages(as: dataset) && batchSize == settings.batchSize
            && convolution == settings.convolution && AnyHashable(loss) == AnyHashable(settings.loss)
    }
}
