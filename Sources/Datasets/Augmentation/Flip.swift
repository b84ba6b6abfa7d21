import Tensors

/// Mirrors the image, left to right or top to bottom.
package struct Flip: ImageAugmentation {
    package enum Axis: String, CaseIterable, Sendable { case horizontal, vertical }

    package static let kind = "flip"
    package static let usualProbability: Float = 0.5

    package let axis: Axis
    package let probability: Float

    package init(_ axis: Axis = .horizontal, probability: Float = usualProbability) {
        self.axis = axis
        self.probability = probability
    }

    package var declaration: String { "flip \(axis.rawValue)" }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        mirror(image.pixels, width: image.width, size: image.channels)
        if let mask = image.mask { mirror(mask, width: image.width, size: 1) }
    }

    /// Rows of `width` pixels of `size` elements.
    private func mirror<Element>(_ pixels: UnsafeMutableBufferPointer<Element>, width: Int, size: Int) {
        let row = width * size
        switch axis {
        case .vertical:
            let height = pixels.count / row
            for y in 0..<height / 2 {
                let (upper, lower) = (y * row, (height - 1 - y) * row)
                for x in 0..<row { pixels.swapAt(upper + x, lower + x) }
            }
        case .horizontal:
            for start in stride(from: 0, to: pixels.count, by: row) {
                for x in 0..<width / 2 {
                    let (left, right) = (start + x * size, start + (width - 1 - x) * size)
                    for element in 0..<size { pixels.swapAt(left + element, right + element) }
                }
            }
        }
    }
}
