import Tensors

/// Moves the image by a whole number of pixels, drawn evenly for each direction.
///
/// What moves in from outside is 0 after normalisation: the channel's mean, or black when normalisation is off.
package struct Shift: Augmentation {
    package static let kind = "shift"

    /// The farthest it moves, in pixels, up, down, left and right.
    package let pixels: Int

    package init(pixels: Int = 2) {
        precondition(pixels >= 0, "a distance, not \(pixels)")
        self.pixels = pixels
    }

    package var description: String { "shift \(pixels)" }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        let down = random.uniform(below: 2 * pixels + 1) - pixels
        let right = random.uniform(below: 2 * pixels + 1) - pixels
        guard down != 0 || right != 0 else { return }
        let row = image.width * image.channels
        _ = image.scratch.update(fromContentsOf: image.pixels)
        image.pixels.update(repeating: 0)
        let kept = max(image.width - abs(right), 0) * image.channels
        for y in max(down, 0)..<max(min(image.height + down, image.height), max(down, 0)) where kept > 0 {
            let target = y * row + max(right, 0) * image.channels
            let source = (y - down) * row + max(-right, 0) * image.channels
            let moved = image.scratch[source..<source + kept]
            _ = image.pixels[target..<target + kept].update(fromContentsOf: moved)
        }
    }
}
