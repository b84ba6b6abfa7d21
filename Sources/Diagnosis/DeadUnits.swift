import Datasets
import Networks
import Tensors
import Training

/// Units of a `relu` that gave no positive number for any of some images: a unit is a channel, or an output of a dense
/// layer. No gradient passes them, so that they stay dead.
package struct DeadUnits: Hashable, Sendable {
    package let units: Int
    package let all: Int
    /// How many images they were judged by.
    package let images: Int

    package init(units: Int, all: Int, images: Int) {
        self.units = units
        self.all = all
        self.images = images
    }

    /// 0...1.
    package var share: Double { Double(units) / Double(max(all, 1)) }

    /// Of each `relu`, by its index, over `HealthyRange.deadImages` training images, or all if there are fewer: as in
    /// evaluation, with a plan of its own, so that a step in hand stays. Nil if `shouldStop` said so.
    ///
    /// - Throws: `DatasetError` if an image cannot be read.
    package static func count(
        in trainer: Trainer, shouldStop: () -> Bool = { false }
    ) throws(DatasetError) -> [Int: DeadUnits]? {
        let layers = trainer.network.layers
        let rectifying = layers.indices.filter { layers[$0].layer is ReLU }
        let set = trainer.dataset.train
        let wanted = min(set.count, HealthyRange.deadImages)
        guard !rectifying.isEmpty, wanted > 0 else { return [:] }
        var wasActive = rectifying.map { index in
            [Bool](repeating: false, count: layers[index].output[layers[index].output.rank - 1])
        }
        // Spread evenly, because a set may be sorted by class.
        let chosen = set.subset((0..<wanted).map { $0 * set.count / wanted })
        let executor = trainer.makeSpareExecutor(batchSize: min(trainer.batchSize, wanted))
        let loader = BatchLoader(
            chosen, normalization: trainer.normalization, order: .sequential, batchSize: executor.batchSize)
        while let batch = try loader.next() {
            executor.forward(batch.images, count: batch.count, mode: .evaluation)
            for (place, index) in rectifying.enumerated() {
                executor.activation(of: index).markPositiveChannels(&wasActive[place])
            }
            if batch.position + batch.count < wanted, shouldStop() { return nil }
        }
        return Dictionary(
            uniqueKeysWithValues: zip(rectifying, wasActive).map { index, flags in
                (index, DeadUnits(units: flags.count { !$0 }, all: flags.count, images: wanted))
            })
    }
}

/// The dead units of a trainer, counted again only when its weights or its images have changed.
package final class ActivityCache {
    private var key: Key?
    private var units: [Int: DeadUnits] = [:]

    package init() {}

    /// By the index of each `relu`; nil if `shouldStop` said so.
    ///
    /// - Throws: `DatasetError` if an image cannot be read.
    func activity(
        of trainer: Trainer, shouldStop: () -> Bool
    ) throws(DatasetError) -> [Int: DeadUnits]? {
        let key = Key(trainer)
        if key == self.key { return units }
        guard let counted = try DeadUnits.count(in: trainer, shouldStop: shouldStop) else { return nil }
        (self.key, units) = (key, counted)
        return counted
    }

    /// What the counts depend on.
    private struct Key: Equatable {
        weak var network: Network?
        let weights: Fingerprint
        let data: Dataset.Identity
        let normalization: Normalization

        init(_ trainer: Trainer) {
            network = trainer.network
            var weights = Fingerprint()
            for tensor in trainer.network.parameters + trainer.network.buffers { weights.add(tensor.value) }
            self.weights = weights
            data = trainer.dataset.identity
            normalization = trainer.normalization
        }

        static func == (a: Key, b: Key) -> Bool {
            a.network === b.network && a.weights == b.weights && a.data == b.data
                && a.normalization == b.normalization
        }
    }
}
