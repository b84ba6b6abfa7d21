import Datasets
import Networks
import Tensors
import Training

/// What a layer gives for one image, in evaluation, channel by channel.
package struct ActivationMaps: Sendable {
    package let layer: String
    /// `[C, H, W]`.
    package let maps: Tensor
    /// What comes of them in the end.
    package let answer: Answer

    /// Of the layer with this index; the trainer stays as it is, a step in hand too. Nil if `shouldStop` said so.
    ///
    /// - Throws: `DatasetError` if the image cannot be read.
    /// - Precondition: what the layer gives has a height and a width.
    package init?(
        of trainer: Trainer, layer index: Int, image: Int, of set: ImageSet,
        shouldStop: () -> Bool = { false }
    ) throws(DatasetError) {
        guard let answer = try trainer.answer(to: image, of: set, shouldStop: shouldStop) else { return nil }
        let maps = try trainer.inspect(shouldStop: shouldStop) { () throws(DatasetError) -> Tensor? in
            let executor = trainer.makeSpareExecutor(batchSize: 1)
            executor.forward(try trainer.pixels(of: image, in: set), count: 1, mode: .evaluation)
            return executor.activation(of: index).part(0).maps
        }
        guard let maps else { return nil }
        layer = trainer.network.layers[index].name
        self.maps = maps
        self.answer = answer
    }
}

extension Trainer {
    /// One image as the network gets it in evaluation, `[1, H, W, C]`.
    func pixels(of image: Int, in set: ImageSet) throws(DatasetError) -> Tensor {
        let loader = BatchLoader(
            set.subset([image]), normalization: normalization, order: .sequential, batchSize: 1, threads: 1)
        guard let batch = try loader.next() else { preconditionFailure("a set of one image has a batch") }
        return batch.images
    }
}
