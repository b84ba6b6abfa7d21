import CKernels
import Tensors

/// Covers a random rectangle: torchvision's RandomErasing (Zhong et al., 2020), cutout with a fixed size. The mask
/// stays.
package struct Erase: ImageAugmentation {
    /// What the rectangle is covered with.
    package enum Value: Hashable, Sendable, CustomStringConvertible {
        /// One number in all channels, after normalisation: 0 is the mean.
        case number(Float)
        /// A normal number in each channel of each pixel, after normalisation.
        case random

        package var description: String {
            switch self {
            case .number(let number): number.typed
            case .random: "random"
            }
        }
    }

    package static let kind = "erase"
    package static let usualProbability: Float = 0.5

    /// How large the rectangle is, as a share of the image's area.
    package let scale: ClosedRange<Double>
    /// Its height over its width, drawn evenly on a logarithmic scale.
    package let ratio: ClosedRange<Double>
    package let value: Value
    package let probability: Float

    package init(
        scale: ClosedRange<Double> = 0.02...0.33, ratio: ClosedRange<Double> = 0.3...3.3,
        value: Value = .number(0), probability: Float = usualProbability
    ) {
        precondition(ratio.lowerBound > 0, "a ratio above 0, not \(ratio.lowerBound)")
        self.scale = scale
        self.ratio = ratio
        self.value = value
        self.probability = probability
    }

    package var declaration: String {
        "erase scale=\(scale.typed) ratio=\(ratio.typed) value=\(value)"
    }

    /// Ten tries to find a rectangle smaller than the image; else nothing happens.
    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        for _ in 0..<10 {
            let (height, width) = random.sides(area: image.height * image.width, share: scale, ratio: ratio)
            guard height < Double(image.height), width < Double(image.width) else { continue }
            let top = random.uniform(below: image.height - Int(height) + 1)
            let left = random.uniform(below: image.width - Int(width) + 1)
            cover(image, top..<top + Int(height), left..<left + Int(width), &random)
            return
        }
    }

    private func cover(
        _ image: AugmentedImage, _ rows: Range<Int>, _ columns: Range<Int>, _ random: inout RandomStream
    ) {
        switch value {
        case .number(let number): image.fill(rows: rows, columns: columns, deviations: number)
        case .random:
            let count = columns.count * image.channels
            let noise = image.scratch.floats(rows.count * count)
            cairn_normal(rows.count * count, random.next(), noise)
            for (index, row) in rows.enumerated() {
                cairn_channel_affine(
                    columns.count, image.channels, noise + index * count, image.pending.deviation,
                    image.pending.mean,
                    image.base + (row * image.width + columns.lowerBound) * image.channels)
            }
        }
    }
}
