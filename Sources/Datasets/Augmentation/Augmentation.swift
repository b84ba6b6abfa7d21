import Tensors

/// A random change of a training image that keeps its label, printed as the line that declares it:
/// `flip horizontal probability=0.5`. Adding one is a file in this folder and a line in `allAugmentations`.
package protocol Augmentation: Hashable, Sendable, CustomStringConvertible {
    /// The command's word: `flip`.
    static var kind: String { get }
    /// Changes one normalised image. All chance comes from `random`, which belongs to this augmentation of this
    /// image in this epoch.
    func apply(to image: AugmentedImage, random: inout RandomStream)
}

/// Every kind there is, in the order of the help.
package let allAugmentations: [any Augmentation.Type] = [Flip.self, Shift.self]

/// One normalised image in a batch, and room for a copy of it.
package struct AugmentedImage {
    package let height: Int
    package let width: Int
    package let channels: Int
    /// Rows of pixels of channels.
    package let pixels: UnsafeMutableBufferPointer<Float>
    /// As large as `pixels`; its content means nothing.
    package let scratch: UnsafeMutableBufferPointer<Float>
    /// In segmentation the class of each pixel, which geometric augmentations move along (nearest neighbour).
    package let mask: UnsafeMutableBufferPointer<UInt8>?

    package init(
        height: Int, width: Int, channels: Int, pixels: UnsafeMutableBufferPointer<Float>,
        scratch: UnsafeMutableBufferPointer<Float>, mask: UnsafeMutableBufferPointer<UInt8>? = nil
    ) {
        precondition(pixels.count == height * width * channels && scratch.count >= pixels.count)
        precondition(mask.map { $0.count == height * width } ?? true, "a class for each pixel")
        self.height = height
        self.width = width
        self.channels = channels
        self.pixels = pixels
        self.scratch = scratch
        self.mask = mask
    }
}

/// Augmentations one after the other.
package struct AugmentationPipeline: Sendable {
    package let stages: [any Augmentation]

    package init(_ stages: [any Augmentation] = []) { self.stages = stages }

    /// Changes one image with the chances of `random`, which belongs to this image in this epoch.
    ///
    /// Each stage derives a stream of its own, so that adding one of another kind changes nothing of the others.
    package func apply(to image: AugmentedImage, random: RandomStream) {
        for (index, stage) in stages.enumerated() {
            let kind = type(of: stage).kind
            let earlier = stages[..<index].count { type(of: $0).kind == kind }
            var stream = random.derived(kind).derived(UInt64(earlier))
            stage.apply(to: image, random: &stream)
        }
    }
}
