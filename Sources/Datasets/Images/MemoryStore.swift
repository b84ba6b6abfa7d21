import Tensors

/// Images as bytes in memory, one after the other.
struct MemoryStore: ImageStore {
    let imageShape: Shape
    let count: Int
    private let pixels: [UInt8]
    private let masks: [UInt8]?

    var hasMasks: Bool { masks != nil }
    var isInMemory: Bool { true }
    let unreadable = UnreadableFiles(.error)

    /// - Precondition: as many bytes as `count` images, and masks, have.
    init(imageShape: Shape, count: Int, pixels: [UInt8], masks: [UInt8]?) {
        precondition(pixels.count == count * imageShape.count, "one label for each image")
        let maskCount = imageShape[0] * imageShape[1]
        precondition(masks.map { $0.count == count * maskCount } ?? true, "one mask for each image")
        self.imageShape = imageShape
        self.count = count
        self.pixels = pixels
        self.masks = masks
    }

    func read(_ index: Int, choosing chooser: (any RegionChooser)?, into room: ImageRoom) {
        let (height, width) = (imageShape[0], imageShape[1])
        let region = chooser?.region(height: height, width: width)
        Self.withPiece(index, of: pixels, count: room.pixels.count) { piece in
            guard let region else {
                _ = room.pixels.update(fromContentsOf: piece)
                return
            }
            var resampler = Resampler()
            let image = ByteImage(height: height, width: width, channels: imageShape[2], bytes: piece)
            resampler.scale(
                image, region, into: room.pixels, PixelRegion(height: height, width: width),
                targetWidth: width)
        }
        guard let mask = room.mask, let masks else { return }
        Self.withPiece(index, of: masks, count: mask.count) { piece in
            guard let region else {
                _ = mask.update(fromContentsOf: piece)
                return
            }
            scaleClasses(
                ByteImage(height: height, width: width, channels: 1, bytes: piece), region, into: mask,
                PixelRegion(height: height, width: width), targetWidth: width)
        }
    }

    /// Calls `body` with the `index`-th piece of `count` bytes.
    private static func withPiece(
        _ index: Int, of bytes: [UInt8], count: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[index * count..<(index + 1) * count]))
        }
    }
}
