import Tensors

/// Cuts a part out of the image after a rim was put around it: torchvision's RandomCrop.
package struct Crop: ImageAugmentation {
    package static let kind = "crop"

    /// Of the part: the images' own; nil says so too.
    package let size: Size?
    /// Pixels of the rim, on each side.
    package let padding: Int
    package let probability: Float

    package init(size: Size? = nil, padding: Int = 4, probability: Float = usualProbability) {
        precondition(padding >= 0, "a number of pixels, not \(padding)")
        self.size = size
        self.padding = padding
        self.probability = probability
    }

    package var declaration: String { "crop " + (size.map { "\($0) " } ?? "") + "padding=\(padding)" }

    package func check(_ imageShape: Shape) throws(AugmentationError.Reason) {
        let image = Size(height: imageShape[0], width: imageShape[1])
        guard let size, size != image else { return }
        guard size.height <= image.height + 2 * padding, size.width <= image.width + 2 * padding else {
            throw .smallerThanCrop(crop: size, image: image, padding: padding)
        }
        throw .otherThanCrop(crop: size, image: image)
    }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        let top = random.uniform(below: 2 * padding + 1)
        let left = random.uniform(below: 2 * padding + 1)
        image.move(down: padding - top, right: padding - left)
    }
}
