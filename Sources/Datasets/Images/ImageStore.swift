import Tensors

/// Where the pixels and masks of a set come from: memory, or files that are decoded when they are needed.
/// Several threads may read at once.
package protocol ImageStore: Sendable {
    /// Of one image: `[H, W, C]`.
    var imageShape: Shape { get }
    var count: Int { get }
    /// Whether each image has a mask: one class for each pixel.
    var hasMasks: Bool { get }
    /// Whether reading an image costs no more than a copy.
    var isInMemory: Bool { get }

    /// Fills `room` with image `index`.
    ///
    /// - Throws: `DatasetError` with the file, if it cannot be read or decoded; never for a store in memory.
    func read(_ index: Int, into room: ImageRoom) throws(DatasetError)
}

/// Room for one image, and for its mask if that is wanted.
package struct ImageRoom {
    /// Rows of pixels of channels: `H * W * C` bytes.
    package let pixels: UnsafeMutableBufferPointer<UInt8>
    /// Rows of classes: `H * W` bytes.
    package let mask: UnsafeMutableBufferPointer<UInt8>?

    package init(pixels: UnsafeMutableBufferPointer<UInt8>, mask: UnsafeMutableBufferPointer<UInt8>? = nil) {
        self.pixels = pixels
        self.mask = mask
    }
}

/// Images as bytes in memory, one after the other.
struct MemoryStore: ImageStore {
    let imageShape: Shape
    let count: Int
    private let pixels: [UInt8]
    private let masks: [UInt8]?

    var hasMasks: Bool { masks != nil }
    var isInMemory: Bool { true }

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

    func read(_ index: Int, into room: ImageRoom) {
        Self.copy(index, of: pixels, to: room.pixels)
        if let mask = room.mask, let masks { Self.copy(index, of: masks, to: mask) }
    }

    /// Copies the `index`-th piece that is as large as `room`.
    private static func copy(_ index: Int, of bytes: [UInt8], to room: UnsafeMutableBufferPointer<UInt8>) {
        let piece = index * room.count..<(index + 1) * room.count
        bytes.withUnsafeBufferPointer { _ = room.update(fromContentsOf: $0[piece]) }
    }
}
