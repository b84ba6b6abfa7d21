import CKernels
import Tensors

/// What turns some images of a set into a batch: a value, so that any thread may do it.
struct BatchMaker: Sendable {
    let set: ImageSet
    private let augmentations: AugmentationPipeline
    /// Of this epoch; each image derives its own by its index in the set, each batch by its place in the pass.
    private let augment: RandomStream
    /// Whether an image may come again in this epoch: then it derives its stream by its place in the pass.
    private let repeatsImages: Bool
    /// How augmented pixels are normalised, if they were not from the start.
    private let pending: Normalization
    private let needsUnitPixels: Bool
    private let fromBytes: (scale: [Float], shift: [Float])
    private let toNormalized: (scale: [Float], shift: [Float])

    init(
        _ set: ImageSet, _ normalization: Normalization, _ augmentations: AugmentationPipeline,
        augment: RandomStream, repeatsImages: Bool
    ) {
        self.set = set
        self.augmentations = augmentations
        self.augment = augment
        self.repeatsImages = repeatsImages
        needsUnitPixels = augmentations.needsUnitPixels
        let off = Normalization.off(channels: set.imageShape[2])
        pending = needsUnitPixels ? normalization : off
        let first = needsUnitPixels ? off : normalization
        fromBytes = (first.scale, first.shift)
        toNormalized = (normalization.deviation.map { 1 / $0 }, normalization.shift)
    }

    /// Makes the image that stands at `place` in the pass at `pixels`, and its mask at `mask` unless that is nil.
    ///
    /// - Throws: `DatasetError` if the image cannot be read.
    func make(
        _ index: Int, place: Int, at pixels: UnsafeMutablePointer<Float>, mask: UnsafeMutablePointer<UInt8>?,
        _ scratch: Scratch
    ) throws(DatasetError) {
        let shape = set.imageShape
        let pixels = UnsafeMutableBufferPointer(start: pixels, count: shape.count)
        let mask = mask.map { UnsafeMutableBufferPointer(start: $0, count: shape[0] * shape[1]) }
        let bytes = UnsafeMutableBufferPointer(start: scratch.bytes(shape.count), count: shape.count)
        let random = augment.derived(UInt64(repeatsImages ? place : index))
        let crop = augmentations.sourceCrop(random: random)
        try set.read(index, choosing: crop, into: ImageRoom(pixels: bytes, mask: mask))
        normalize(
            UnsafeBufferPointer(bytes), scale: fromBytes.scale, shift: fromBytes.shift, into: pixels)
        guard !augmentations.stages.isEmpty else { return }
        augmentations.apply(
            to: AugmentedImage(
                height: shape[0], width: shape[1], channels: shape[2], pixels: pixels, mask: mask,
                pending: pending, scratch: scratch),
            random: random, skippingFirst: augmentations.beginsWithCrop)
        guard needsUnitPixels, let base = pixels.baseAddress else { return }
        cairn_channel_affine(
            shape[0] * shape[1], shape[2], base, toNormalized.scale, toNormalized.shift, base)
    }

    /// Mixes a batch whose images are all made.
    func finish(_ batch: inout Batch, _ scratch: Scratch) {
        augmentations.mix(
            &batch, scratch: scratch, random: augment.derived("batch").derived(UInt64(batch.position)))
    }
}
