import Tensors

/// A random change of training images, printed as the line that declares it: `flip horizontal probability=0.5`.
///
/// It is one of single images or of whole batches. Adding one is a file in this folder and a line in
/// `allAugmentations`.
package protocol Augmentation: Sendable, CustomStringConvertible {
    /// The command's word: `flip`.
    static var kind: String { get }
    /// How often it happens unless one says otherwise.
    static var usualProbability: Float { get }

    /// How often it happens to an image, or to a batch: 0...1.
    var probability: Float { get }
    /// The line that declares it, without the probability: `flip horizontal`.
    var declaration: String { get }

    /// - Throws: `AugmentationError.Reason` if images of this shape, `[H, W, C]`, cannot be changed so.
    func check(_ imageShape: Shape) throws(AugmentationError.Reason)
}

/// Every kind there is, in the order of the help.
package let allAugmentations: [any Augmentation.Type] = [
    Flip.self, Shift.self, Crop.self, ResizedCrop.self, Rotate.self, Zoom.self, Shear.self, Jitter.self,
    Greyscale.self, Noise.self, Blur.self, Erase.self, MixUp.self, CutMix.self, ImageChoice.self,
    BatchChoice.self,
]

extension Augmentation {
    package static var usualProbability: Float { 1 }

    package var description: String {
        let isCertain = probability == 1 && Self.usualProbability == 1
        return isCertain ? declaration : "\(declaration) probability=\(probability.typed)"
    }

    package func check(_ imageShape: Shape) throws(AugmentationError.Reason) {}

    /// Whether it happens this time; what always happens draws nothing.
    func happens(_ random: inout RandomStream) -> Bool { probability >= 1 || random.uniform() < probability }
}

/// A change of one image that keeps its label, and of its mask where it moves pixels.
package protocol ImageAugmentation: Augmentation {
    /// Whether it needs pixels in 0...1: what changes colours. Others get normalised ones where nothing else asks for
    /// more.
    var needsUnitPixels: Bool { get }

    /// All chance comes from `random`, which belongs to this augmentation of this image in this epoch.
    func apply(to image: AugmentedImage, random: inout RandomStream)
}

extension ImageAugmentation {
    package var needsUnitPixels: Bool { false }
}

/// A change that moves each pixel along with its neighbours, about the image's centre. Those that follow each other are
/// done as one, so that the image is interpolated once.
package protocol AffineAugmentation: ImageAugmentation {
    func map(random: inout RandomStream) -> LinearMap
}

extension AffineAugmentation {
    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        image.warp(map(random: &random))
    }
}

/// A change that mixes the finished images of a batch, and their labels.
package protocol BatchAugmentation: Augmentation {
    /// All chance comes from `random`, which belongs to this augmentation of this batch in this epoch.
    func apply(to batch: inout Batch, scratch: Scratch, random: inout RandomStream)
}

extension BinaryFloatingPoint where Self: CustomStringConvertible {
    /// As one types it: `10`, `0.5`.
    var typed: String { description.hasSuffix(".0") ? String(description.dropLast(2)) : description }
}

extension ClosedRange where Bound: BinaryFloatingPoint & CustomStringConvertible {
    /// As one types it: `0.9..1.1`.
    var typed: String { "\(lowerBound.typed)..\(upperBound.typed)" }
}
