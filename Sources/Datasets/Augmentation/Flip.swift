import Tensors

/// Mirrors the image, left to right or top to bottom.
package struct Flip: Augmentation {
    package enum Axis: String, CaseIterable, Sendable { case horizontal, vertical }

    package static let kind = "flip"

    package let axis: Axis
    /// How often, 0...1.
    package let probability: Float

    package init(_ axis: Axis = .horizontal, probability: Float = 0.5) {
        precondition((0...1).contains(probability), "a probability, not \(probability)")
        self.axis = axis
        self.probability = probability
    }

    package var description: String { "flip \(axis.rawValue) probability=\(probability)" }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        guard random.uniform() < probability else { return }
        let (pixels, row, channels) = (image.pixels, image.width * image.channels, image.channels)
        switch axis {
        case .vertical:
            for y in 0..<image.height / 2 {
                let (upper, lower) = (y * row, (image.height - 1 - y) * row)
                for x in 0..<row { pixels.swapAt(upper + x, lower + x) }
            }
        case .horizontal:
            for start in stride(from: 0, to: pixels.count, by: row) {
                for x in 0..<image.width / 2 {
                    let (left, right) = (start + x * channels, start + (image.width - 1 - x) * channels)
                    for channel in 0..<channels { pixels.swapAt(left + channel, right + channel) }
                }
            }
        }
    }
}
