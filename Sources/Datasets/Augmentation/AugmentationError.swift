import Tensors

/// An augmentation that these images cannot be given, or that does not go with another.
package struct AugmentationError: Error, Hashable, Sendable {
    package enum Reason: Error, Hashable, Sendable {
        case smallerThanCrop(crop: Size, image: Size, padding: Int)
        /// The model is validated with images of another size.
        case otherThanCrop(crop: Size, image: Size)
        case evenKernel(Int)
        /// More than one change of whole batches.
        case secondMix
        /// A choice between changes of single images and of whole batches.
        case mixedChoice
        case emptyChoice
    }

    package let reason: Reason
    /// The place of the augmentation at fault among the stages.
    package let stage: Int

    package init(_ reason: Reason, stage: Int) {
        self.reason = reason
        self.stage = stage
    }
}

extension AugmentationError.Reason {
    /// What was found and what is allowed: lower-case, no full stop.
    package var message: String {
        switch self {
        case .smallerThanCrop(let crop, let image, let padding):
            "the images, \(Self.extents(image)) with a padding of \(padding), are smaller than the crop of \(Self.extents(crop))"
        case .otherThanCrop(let crop, let image):
            "a crop of \(Self.extents(crop)) does not go with validation and test images of \(Self.extents(image))"
        case .evenKernel(let taps): "a kernel has an odd number of pixels, not \(taps)"
        case .secondMix: "a batch can be mixed once, and something else mixes it already"
        case .mixedChoice: "a choice is between changes of single images, or between `mixup` and `cutmix`"
        case .emptyChoice: "a choice needs something to choose from"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .smallerThanCrop(let crop, let image, _):
            "`crop padding=\(max(crop.height - image.height, crop.width - image.width, 1))` keeps the images' size"
        case .otherThanCrop: "`crop padding=4` keeps the images' size, `resizedcrop` enlarges a part of them"
        case .evenKernel(let taps): "such as `blur \(taps + 1)`"
        case .secondMix: "`choice { mixup; cutmix }` does one of them at a time"
        case .mixedChoice: "take `mixup` and `cutmix` into a choice of their own"
        case .emptyChoice: "such as `choice { flip; rotate 10 }`"
        }
    }

    private static func extents(_ size: Size) -> String { "\(size.height)x\(size.width)" }
}

extension AugmentationError: CustomStringConvertible {
    package var description: String { reason.message }
}
