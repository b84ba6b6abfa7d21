import CKernels
import Glibc
import Tensors

/// Blurs with a bell curve of random width, the image mirrored at its edges: torchvision's GaussianBlur.
package struct Blur: ImageAugmentation {
    package static let kind = "blur"

    /// Pixels across of the square whose mean each pixel becomes: odd.
    package let kernel: Int
    /// The bell's standard deviation in pixels, at least and at most.
    package let sigma: ClosedRange<Float>
    package let probability: Float

    package init(
        kernel: Int = 5, sigma: ClosedRange<Float> = 0.1...2, probability: Float = usualProbability
    ) {
        precondition(kernel >= 1 && sigma.lowerBound > 0, "a kernel of \(kernel), sigma \(sigma)")
        self.kernel = kernel
        self.sigma = sigma
        self.probability = probability
    }

    package var declaration: String { "blur \(kernel) sigma=\(sigma.typed)" }

    package func check(_ imageShape: Shape) throws(AugmentationError.Reason) {
        if kernel.isMultiple(of: 2) { throw .evenKernel(kernel) }
    }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        let sigma = random.uniform(in: sigma)
        let source = image.copy(andRoomFor: kernel + (image.width + kernel) * image.channels)
        let weights = source + image.pixels.count
        var sum: Float = 0
        for tap in 0..<kernel {
            let distance = Float(tap - kernel / 2) / sigma
            weights[tap] = exp(-distance * distance / 2)
            sum += weights[tap]
        }
        for tap in 0..<kernel { weights[tap] /= sum }
        cairn_blur(
            image.height, image.width, image.channels, kernel, weights, source, image.base, weights + kernel)
    }
}
