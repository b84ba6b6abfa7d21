import Tensors

/// What turns some images of a set into a batch: a value, so that any thread may do it.
struct BatchMaker: Sendable {
    let set: ImageSet
    let scale: [Float]
    let shift: [Float]
    let augmentations: AugmentationPipeline
    /// Of this epoch; each image derives its own by its index in the set.
    let augment: RandomStream

    /// Fills `batch` in place, and `scratch`, which is as large as an image.
    func fill(_ batch: inout Batch, with indices: ArraySlice<Int>, scratch: UnsafeMutableBufferPointer<Float>)
    {
        let shape = set.imageShape
        batch.position = indices.startIndex
        batch.count = indices.count
        batch.labels.removeAll(keepingCapacity: true)
        for index in indices { batch.labels.append(Int32(set.label(at: index))) }
        set.pixels.withUnsafeBufferPointer { pixels in
            batch.images.withUnsafeMutableBufferPointer { floats in
                for (slot, index) in indices.enumerated() {
                    let start = Int(set.selection[index]) * shape.count
                    let image = UnsafeMutableBufferPointer(
                        rebasing: floats[slot * shape.count..<(slot + 1) * shape.count])
                    normalize(
                        UnsafeBufferPointer(rebasing: pixels[start..<start + shape.count]), scale: scale,
                        shift: shift,
                        into: image)
                    guard !augmentations.stages.isEmpty else { continue }
                    augmentations.apply(
                        to: AugmentedImage(
                            height: shape[0], width: shape[1], channels: shape[2], pixels: image,
                            scratch: scratch),
                        random: augment.derived(UInt64(index)))
                }
            }
        }
    }
}
