import Tensors

/// Labelled images of one shape, maybe with masks. Subsets share the store of the set they come from, so a split
/// costs eight bytes an image.
package struct ImageSet: Sendable {
    private let store: any ImageStore
    /// Which images of the store are in this set, in order.
    private let selection: [Int32]
    /// The class of each image, in this set's order.
    package let labels: [Int32]

    /// - Precondition: one label for each image of the store.
    package init(store: any ImageStore, labels: [Int32]) {
        precondition(store.imageShape.rank == 3, "an image is [H, W, C], not \(store.imageShape)")
        precondition(store.count == labels.count, "one label for each image")
        self.init(store: store, selection: labels.indices.map { Int32($0) }, labels: labels)
    }

    /// Images in memory: rows of pixels of channels, one image after the other, and rows of classes likewise.
    ///
    /// - Precondition: one label, `imageShape.count` bytes and a class for each pixel of each image.
    package init(imageShape: Shape, pixels: [UInt8], labels: [Int32], masks: [UInt8]? = nil) {
        let store = MemoryStore(imageShape: imageShape, count: labels.count, pixels: pixels, masks: masks)
        self.init(store: store, labels: labels)
    }

    private init(store: any ImageStore, selection: [Int32], labels: [Int32]) {
        self.store = store
        self.selection = selection
        self.labels = labels
    }

    /// Of one image: `[H, W, C]`.
    package var imageShape: Shape { store.imageShape }
    package var count: Int { selection.count }
    package var isEmpty: Bool { selection.isEmpty }
    /// Whether each image has a mask: one class for each pixel.
    package var hasMasks: Bool { store.hasMasks }
    /// Whether reading an image costs no more than a copy.
    package var isInMemory: Bool { store.isInMemory }

    /// The images at `indices`, in that order; shares the store.
    package func subset(_ indices: some Sequence<Int>) -> ImageSet {
        let indices = Array(indices)
        return ImageSet(
            store: store, selection: indices.map { selection[$0] }, labels: indices.map { labels[$0] })
    }

    package func label(at index: Int) -> Int { Int(labels[index]) }

    /// Fills `room` with one image; several threads may read at once.
    ///
    /// - Throws: `DatasetError` with the file, if it cannot be read or decoded; never for images in memory.
    /// - Precondition: room for a mask only if there are masks.
    package func read(_ index: Int, into room: ImageRoom) throws(DatasetError) {
        precondition(room.pixels.count == imageShape.count, "room for one image")
        precondition(room.mask.map { hasMasks && $0.count == maskCount } ?? true, "room for one mask")
        try store.read(Int(selection[index]), into: room)
    }

    /// The bytes of one image: rows of pixels of channels.
    package func image(at index: Int) throws(DatasetError) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: imageShape.count)
        try pixels.withUnsafeMutableBufferPointer { (pixels) throws(DatasetError) in
            try read(index, into: ImageRoom(pixels: pixels))
        }
        return pixels
    }

    /// The class of each pixel of one image, in rows.
    ///
    /// - Precondition: `hasMasks`.
    package func mask(at index: Int) throws(DatasetError) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: imageShape.count)
        var mask = [UInt8](repeating: 0, count: maskCount)
        try pixels.withUnsafeMutableBufferPointer { (pixels) throws(DatasetError) in
            try mask.withUnsafeMutableBufferPointer { (mask) throws(DatasetError) in
                try read(index, into: ImageRoom(pixels: pixels, mask: mask))
            }
        }
        return mask
    }

    /// How many images each class has; `classes` is more than the largest label.
    package func classCounts(classes: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        return counts
    }

    /// Pixels of one image.
    private var maskCount: Int { imageShape[0] * imageShape[1] }
}
