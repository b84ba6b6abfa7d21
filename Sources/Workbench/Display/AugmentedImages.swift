import CommandLanguage
import Datasets
import Tensors

extension Session {
    /// Training images as the first epochs would see them: a grid for each epoch.
    ///
    /// - Throws: `Refusal.noAugmentation`, or `DatasetError` if an image cannot be read.
    func augmentedGrids(_ indices: [Int], epochs: Int) throws -> [ImageGrid] {
        let dataset = try requireData()
        guard !settings.augmentations.isEmpty else { throw Refusal.noAugmentation }
        let normalization = normalization(of: dataset)
        let random = RandomStream(seed: settings.seed, name: "augment")
        return try (0..<epochs).compactMap { epoch in
            let loader = BatchLoader(
                dataset.train.subset(indices), normalization: normalization,
                augmentations: AugmentationPipeline(settings.augmentations),
                augment: random.derived(UInt64(epoch)),
                order: .sequential, batchSize: indices.count)
            guard let batch = try loader.next() else { return nil }
            let bytes = normalization.bytes(batch.images)
            let size = dataset.imageShape.count
            return ImageGrid(
                indices.indices.map { slot in
                    dataset.image(
                        bytes[slot * size..<(slot + 1) * size],
                        caption: dataset.caption(of: indices[slot], in: slot, batch))
                })
        }
    }
}

extension Dataset {
    /// `coat`, or of a mixed image `0.7 coat + 0.3 shirt`.
    fileprivate func caption(of index: Int, in slot: Int, _ batch: Batch) -> String {
        let own = classes[train.label(at: index)]
        guard let mix = batch.mix, mix.labels.count == batch.count else { return own }
        let share = Double(mix.shares[slot])
        return "\(Figures.decimal(share, digits: 1)) \(own) + \(Figures.decimal(1 - share, digits: 1)) "
            + classes[Int(mix.labels[slot])]
    }
}
