import CKernels
import Tensors

/// Adds normal noise to every channel of every pixel and keeps the sum in 0...1: torchvision's GaussianNoise.
package struct Noise: ImageAugmentation {
    package static let kind = "noise"

    /// Standard deviation, as a part of the way from black to white.
    package let sigma: Float
    package let probability: Float

    package init(sigma: Float = 0.1, probability: Float = usualProbability) {
        self.sigma = sigma
        self.probability = probability
    }

    package var declaration: String { "noise \(sigma.typed)" }
    package var needsUnitPixels: Bool { true }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        let noise = image.scratch.floats(image.pixels.count)
        cairn_normal(image.pixels.count, random.next(), noise)
        cairn_scale_add(image.pixels.count, sigma, noise, 1, image.base)
        // Nothing is blended in; what left 0...1 comes back.
        cairn_blend(image.pixels.count, 1, 0, image.base)
    }
}
