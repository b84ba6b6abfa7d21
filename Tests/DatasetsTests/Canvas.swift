import Datasets
import Tensors

/// An image with its mask, to be changed outside of any set.
struct Canvas: Equatable {
    let shape: Shape
    var pixels: [Float]
    var mask: [UInt8]?

    init(_ shape: Shape, _ pixels: [Float], mask: [UInt8]? = nil) {
        self.shape = shape
        self.pixels = pixels
        self.mask = mask
    }

    /// Random pixels in 0...1, and a random mask of classes 0...4.
    init(random shape: Shape, key: UInt64 = 5) {
        var random = RandomStream(key: key)
        self.init(
            shape, (0..<shape.count).map { _ in random.uniform() },
            mask: (0..<shape[0] * shape[1]).map { _ in UInt8(random.uniform(below: 5)) })
    }

    /// After a change; `pending` is the normalisation that is still to be done to the pixels.
    func changed(pending: Normalization? = nil, _ change: (AugmentedImage) -> Void) -> Canvas {
        var result = self
        let hasMask = mask != nil
        var classes = mask ?? []
        result.pixels.withUnsafeMutableBufferPointer { pixels in
            classes.withUnsafeMutableBufferPointer { classes in
                change(
                    AugmentedImage(
                        height: shape[0], width: shape[1], channels: shape[2], pixels: pixels,
                        mask: hasMask ? classes : nil, pending: pending ?? .off(channels: shape[2]),
                        scratch: Scratch()))
            }
        }
        if hasMask { result.mask = classes }
        return result
    }

    func augmented(
        _ stages: [any Augmentation], key: UInt64 = 1, pending: Normalization? = nil
    ) -> Canvas {
        changed(pending: pending) {
            AugmentationPipeline(stages).apply(to: $0, random: RandomStream(key: key))
        }
    }

    func difference(from other: Canvas) -> Float {
        zip(pixels, other.pixels).map { abs($0 - $1) }.reduce(0) { max($0, $1) }
    }
}
