import Tensors

/// What turns some images of a set into a batch: a value, so that any thread may do it.
struct BatchMaker: Sendable {
    let set: ImageSet
    let scale: [Float]
    let shift: [Float]
    let augmentations: AugmentationPipeline
    /// Of this epoch; each image derives its own by its index in the set.
    let augment: RandomStream

    /// Fills `batch` in place.
    ///
    /// - Throws: `DatasetError` if an image cannot be read; the batch is then of no use.
    func fill(_ batch: inout Batch, with indices: ArraySlice<Int>, scratch: Scratch) throws(DatasetError) {
        let shape = set.imageShape
        batch.position = indices.startIndex
        batch.count = indices.count
        batch.labels.removeAll(keepingCapacity: true)
        for index in indices { batch.labels.append(set.labels[index]) }
        try batch.images.withUnsafeMutableBufferPointer { (floats) throws(DatasetError) in
            for (slot, index) in indices.enumerated() {
                try set.read(index, into: ImageRoom(pixels: scratch.bytes))
                let image = UnsafeMutableBufferPointer(
                    rebasing: floats[slot * shape.count..<(slot + 1) * shape.count])
                normalize(UnsafeBufferPointer(scratch.bytes), scale: scale, shift: shift, into: image)
                guard !augmentations.stages.isEmpty else { continue }
                augmentations.apply(
                    to: AugmentedImage(
                        height: shape[0], width: shape[1], channels: shape[2], pixels: image,
                        scratch: scratch.floats),
                    random: augment.derived(UInt64(index)))
            }
        }
    }

    /// Room for work on one image.
    final class Scratch {
        let bytes: UnsafeMutableBufferPointer<UInt8>
        let floats: UnsafeMutableBufferPointer<Float>

        init(imageShape: Shape) {
            bytes = .allocate(capacity: imageShape.count)
            bytes.initialize(repeating: 0)
            floats = .allocate(capacity: imageShape.count)
            floats.initialize(repeating: 0)
        }

        deinit {
            bytes.deallocate()
            floats.deallocate()
        }
    }
}
