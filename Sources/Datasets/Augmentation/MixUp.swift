import CKernels
import Tensors

/// Blends each image of a batch with the one before it, and their labels alike: torchvision's MixUp (Zhang et al.,
/// 2018). The first is blended with the last.
package struct MixUp: BatchAugmentation {
    package static let kind = "mixup"

    /// Of the symmetric beta distribution that the batch's share is drawn from.
    package let alpha: Double
    package let probability: Float

    package init(alpha: Double = 1, probability: Float = usualProbability) {
        precondition(alpha > 0, "a shape above 0, not \(alpha)")
        self.alpha = alpha
        self.probability = probability
    }

    package var declaration: String { "mixup alpha=\(alpha.typed)" }

    package func apply(to batch: inout Batch, scratch: Scratch, random: inout RandomStream) {
        let share = random.beta(alpha)
        let size = batch.imageSize
        batch.withPairs(scratch) { image, other in cairn_scale_add(size, 1 - share, other, share, image) }
        batch.mixLabels(share: share)
    }
}

extension Batch {
    /// Floats of one image.
    var imageSize: Int { images.shape.extents.dropFirst().reduce(1, *) }

    /// Calls `body` with each image and the one before it as it was, the last one before the first.
    mutating func withPairs(
        _ scratch: Scratch, _ body: (UnsafeMutablePointer<Float>, UnsafePointer<Float>) -> Void
    ) {
        guard count > 0 else { return }
        let size = imageSize
        let pixels = images.uniquePointer()
        let last = scratch.floats(size)
        last.update(from: pixels + (count - 1) * size, count: size)
        // From the last to the first, so that each other one is still as it was.
        for index in (1..<count).reversed() { body(pixels + index * size, pixels + (index - 1) * size) }
        body(pixels, last)
    }

    /// Gives each image the labels of the one before it as second ones.
    mutating func mixLabels(share: Float) {
        let perImage = labels.count / max(count, 1)
        // Taken, so that the memory of the batch before is used again.
        var mix = self.mix.take() ?? Mix(labels: [], shares: [])
        mix.labels.removeAll(keepingCapacity: true)
        mix.shares.removeAll(keepingCapacity: true)
        mix.labels.append(contentsOf: labels.suffix(perImage))
        mix.labels.append(contentsOf: labels.dropLast(perImage))
        mix.shares.append(contentsOf: repeatElement(share, count: count))
        self.mix = mix
    }
}
