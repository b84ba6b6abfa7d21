import Tensors

/// Takes the colour away and keeps three channels: torchvision's RandomGrayscale. Grey images stay as they are.
package struct Greyscale: ImageAugmentation {
    package static let kind = "greyscale"
    package static let usualProbability: Float = 0.1

    package let probability: Float

    package init(probability: Float = usualProbability) { self.probability = probability }

    package var declaration: String { "greyscale" }
    package var needsUnitPixels: Bool { true }

    package func apply(to image: AugmentedImage, random: inout RandomStream) { image.change(.saturation(0)) }
}
