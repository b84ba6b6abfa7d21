import Tensors

/// Moves the image by a whole number of pixels, drawn evenly for each direction.
package struct Shift: ImageAugmentation {
    package static let kind = "shift"

    /// The farthest it moves, in pixels, up, down, left and right.
    package let pixels: Int
    package let probability: Float

    package init(pixels: Int = 2, probability: Float = usualProbability) {
        precondition(pixels >= 0, "a distance, not \(pixels)")
        self.pixels = pixels
        self.probability = probability
    }

    package var declaration: String { "shift \(pixels)" }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        let down = random.uniform(below: 2 * pixels + 1) - pixels
        let right = random.uniform(below: 2 * pixels + 1) - pixels
        image.move(down: down, right: right)
    }
}
