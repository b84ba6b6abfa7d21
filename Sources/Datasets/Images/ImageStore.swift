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
    /// What happens to an image that cannot be read.
    var unreadable: UnreadableFiles { get }
    /// Of images that are kept in memory.
    var heldBytes: Int { get }

    /// Fills `room` with image `index`, or with the part of its source that `chooser` chooses, scaled to the set's
    /// size; the mask alike.
    ///
    /// - Throws: `DatasetError` with the file, if it cannot be read or decoded; never for a store in memory.
    func read(_ index: Int, choosing chooser: (any RegionChooser)?, into room: ImageRoom) throws(DatasetError)
}

extension ImageStore {
    /// Those of all images in memory, and none of images in files.
    package var heldBytes: Int {
        isInMemory ? count * (imageShape.count + (hasMasks ? imageShape[0] * imageShape[1] : 0)) : 0
    }
}

/// What chooses the part of a source image that is wanted: a random crop.
package protocol RegionChooser {
    /// A part of an image of so many rows and columns.
    func region(height: Int, width: Int) -> PixelRegion
}

/// Room for one image, and for its mask if that is wanted.
package struct ImageRoom {
    /// Rows of pixels of channels: `H * W * C` bytes.
    package let pixels: UnsafeMutableBufferPointer<UInt8>
    /// Rows of classes: `H * W` bytes.
    package let mask: UnsafeMutableBufferPointer<UInt8>?

    package init(
        pixels: UnsafeMutableBufferPointer<UInt8>, mask: UnsafeMutableBufferPointer<UInt8>? = nil
    ) {
        self.pixels = pixels
        self.mask = mask
    }
}
