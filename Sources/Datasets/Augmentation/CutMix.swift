import Glibc
import Tensors

/// Covers a rectangle of each image of a batch with that of the one before it: torchvision's CutMix (Yun et al.,
/// 2019). In segmentation the pixels' labels go along; else the labels are mixed by area.
package struct CutMix: BatchAugmentation {
    package static let kind = "cutmix"

    /// Of the symmetric beta distribution that the share of an image that stays is drawn from.
    package let alpha: Double
    package let probability: Float

    package init(alpha: Double = 1, probability: Float = usualProbability) {
        precondition(alpha > 0, "a shape above 0, not \(alpha)")
        self.alpha = alpha
        self.probability = probability
    }

    package var declaration: String { "cutmix alpha=\(alpha.typed)" }

    package func apply(to batch: inout Batch, scratch: Scratch, random: inout RandomStream) {
        let (height, width) = (batch.images.shape[1], batch.images.shape[2])
        // Half of each side of a rectangle with the area that goes.
        let half = (1 - Double(random.beta(alpha))).squareRoot() / 2
        func part(of extent: Int) -> Range<Int> {
            let (middle, reach) = (random.uniform(below: extent), Int(half * Double(extent)))
            return max(middle - reach, 0)..<min(middle + reach, extent)
        }
        let columns = part(of: width)
        let rows = part(of: height)
        let (line, channels) = (width * batch.images.shape[3], batch.images.shape[3])
        batch.withPairs(scratch) { image, other in
            for row in rows {
                let start = row * line + columns.lowerBound * channels
                (image + start).update(from: other + start, count: columns.count * channels)
            }
        }
        if batch.hasPixelLabels {
            batch.pasteLabels(rows: rows, columns: columns, width: width)
        } else {
            batch.mixLabels(share: 1 - Float(rows.count * columns.count) / Float(height * width))
        }
    }
}

extension Batch {
    /// Whether each pixel has a label of its own.
    fileprivate var hasPixelLabels: Bool { labels.count != count }

    fileprivate mutating func pasteLabels(rows: Range<Int>, columns: Range<Int>, width: Int) {
        // The batch's memory may still hold that of one before.
        mix = nil
        let size = labels.count / max(count, 1)
        let last = Array(labels.suffix(size))
        labels.withUnsafeMutableBufferPointer { labels in
            for image in (0..<count).reversed() {
                for row in rows {
                    for place in row * width + columns.lowerBound..<row * width + columns.upperBound {
                        labels[image * size + place] =
                            image > 0 ? labels[(image - 1) * size + place] : last[place]
                    }
                }
            }
        }
    }
}
