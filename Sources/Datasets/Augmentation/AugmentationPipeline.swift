import Tensors

/// Augmentations one after the other: those of single images in their order, then the one that mixes the batch.
package struct AugmentationPipeline: Sendable {
    package let stages: [any Augmentation]
    private let steps: [Step]
    private let mixing: Mixing?

    package init(_ stages: [any Augmentation] = []) {
        self.stages = stages
        let places = stages.enumerated().map { index, stage in
            let kind = type(of: stage).kind
            return StreamPlace(
                kind: kind, earlier: UInt64(stages[..<index].count { type(of: $0).kind == kind }))
        }
        steps = zip(stages, places).compactMap { stage, place in
            (stage as? any ImageAugmentation).map {
                Step(augmentation: $0, affine: $0 as? any AffineAugmentation, place: place)
            }
        }
        mixing =
            zip(stages, places).lazy.compactMap { stage, place in
                (stage as? any BatchAugmentation).map { Mixing(augmentation: $0, place: place) }
            }.first
    }

    /// - Throws: `AugmentationError` if images of this shape, `[H, W, C]`, cannot be changed so, or if the stages do
    ///   not go together.
    package func check(_ imageShape: Shape) throws(AugmentationError) {
        var isMixed = false
        for (index, stage) in stages.enumerated() {
            do throws(AugmentationError.Reason) {
                try stage.check(imageShape)
                if stage is any BatchAugmentation {
                    if isMixed { throw .secondMix }
                    isMixed = true
                }
            } catch {
                throw AugmentationError(error, stage: index)
            }
        }
    }

    /// Whether some stage needs pixels in 0...1.
    var needsUnitPixels: Bool { steps.contains { $0.augmentation.needsUnitPixels } }

    /// Whether the first stage chooses a part of the source images, whatever their size.
    var beginsWithCrop: Bool { steps.first?.augmentation is ResizedCrop }

    /// What chooses the part of an image that the first stage wants; nil if it wants all of it, or does not happen.
    ///
    /// `random` belongs to this image in this epoch. With `beginsWithCrop`, `apply` is then called without the first
    /// stage.
    func sourceCrop(random: RandomStream) -> SourceCrop? {
        guard let step = steps.first, let crop = step.augmentation as? ResizedCrop else { return nil }
        var stream = step.place.stream(of: random)
        return crop.happens(&stream) ? SourceCrop(crop: crop, random: stream) : nil
    }

    /// Changes one image with the chances of `random`, which belongs to this image in this epoch.
    ///
    /// Each stage derives a stream of its own, so that adding one of another kind changes nothing of the others.
    package func apply(to image: AugmentedImage, random: RandomStream, skippingFirst: Bool = false) {
        var map = LinearMap.identity
        for step in skippingFirst ? steps[1...] : steps[...] {
            var stream = step.place.stream(of: random)
            guard step.augmentation.happens(&stream) else { continue }
            if let affine = step.affine {
                map = map.followed(by: affine.map(random: &stream))
                continue
            }
            image.warp(map)
            map = .identity
            step.augmentation.apply(to: image, random: &stream)
        }
        image.warp(map)
    }

    /// Mixes a batch of finished images with the chances of `random`, which belongs to this batch in this epoch.
    func mix(_ batch: inout Batch, scratch: Scratch, random: RandomStream) {
        guard let mixing else { return }
        var stream = mixing.place.stream(of: random)
        guard mixing.augmentation.happens(&stream) else {
            batch.mix = nil
            return
        }
        mixing.augmentation.apply(to: &batch, scratch: scratch, random: &stream)
    }

    /// Which part of an image's stream a stage draws from.
    private struct StreamPlace: Sendable {
        let kind: String
        /// How many stages of that kind come before.
        let earlier: UInt64

        func stream(of random: RandomStream) -> RandomStream { random.derived(kind).derived(earlier) }
    }

    private struct Step: Sendable {
        let augmentation: any ImageAugmentation
        /// The same, if it is one.
        let affine: (any AffineAugmentation)?
        let place: StreamPlace
    }

    private struct Mixing: Sendable {
        let augmentation: any BatchAugmentation
        let place: StreamPlace
    }
}
