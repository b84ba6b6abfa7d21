import CommandLanguage
import Datasets
import Tensors

extension Session {
    /// A grid for each of these training images: as it is, then as the first epochs would see it, with masks if there
    /// are some.
    ///
    /// - Throws: `Refusal.noAugmentation`, or `DatasetError` if an image cannot be read.
    func augmentedGrids(_ indices: [Int], draws: Int) throws -> [ImageGrid] {
        let dataset = try requireData()
        guard !settings.augmentations.isEmpty else { throw Refusal.noAugmentation }
        let normalization = normalization(of: dataset)
        let random = RandomStream(seed: settings.seed, name: "augment")
        // An image alone would be mixed with itself.
        let drawn = indices.count > 1 ? indices : indices + dataset.samples(2, of: dataset.train).suffix(1)
        var grids = try dataset.grid(indices, of: dataset.train).images.map { [$0] }
        if let masks = try dataset.maskGrid(indices, of: dataset.train)?.images {
            for (slot, mask) in masks.enumerated() { grids[slot].append(mask) }
        }
        for draw in 0..<draws {
            let loader = BatchLoader(
                dataset.train.subset(drawn), normalization: normalization,
                augmentations: AugmentationPipeline(settings.augmentations),
                augment: random.derived(UInt64(draw)),
                order: .sequential, batchSize: drawn.count)
            guard let batch = try loader.next() else { continue }
            let bytes = normalization.bytes(batch.images)
            for slot in indices.indices {
                grids[slot] += dataset.pictures(of: slot, in: batch, bytes, draw: draw + 1)
            }
        }
        return grids.map(ImageGrid.init)
    }
}

extension Dataset {
    /// One image of an augmented batch, and its mask if it has one.
    fileprivate func pictures(of slot: Int, in batch: Batch, _ bytes: [UInt8], draw: Int) -> [ImageGrid.Image]
    {
        let size = imageShape.count
        let picture = image(
            bytes[slot * size..<(slot + 1) * size], caption: caption(of: slot, in: batch, draw))
        guard isSegmentation else { return [picture] }
        let pixels = imageShape[0] * imageShape[1]
        return [picture, mask(Array(batch.labels[slot * pixels..<(slot + 1) * pixels]), caption: "its mask")]
    }

    /// `draw 2`, and of a mixed image what it is made of: `0.7 coat + 0.3 shirt`.
    private func caption(of slot: Int, in batch: Batch, _ draw: Int) -> String {
        guard let mix = batch.mix, mix.labels.count == batch.count else { return "draw \(draw)" }
        let share = Double(mix.shares[slot])
        return "\(Figures.decimal(share, digits: 1)) \(classes[Int(batch.labels[slot])]) + "
            + "\(Figures.decimal(1 - share, digits: 1)) \(classes[Int(mix.labels[slot])])"
    }
}
