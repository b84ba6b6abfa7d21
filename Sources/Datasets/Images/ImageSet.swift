import Tensors

/// Labelled images of one shape, maybe with masks. Subsets share the store of the set they come from, so a split
/// costs eight bytes an image.
package struct ImageSet: Sendable {
    private let store: any ImageStore
    /// Which images of the store are in this set, in order.
    private let selection: [Int32]
    /// The class of each image that is learned, in this set's order.
    package let labels: [Int32]
    /// What the labels were before some were made wrong for teaching; nil if none were.
    package let trueLabels: [Int32]?

    /// - Precondition: one label for each image of the store.
    package init(store: any ImageStore, labels: [Int32]) {
        precondition(store.imageShape.rank == 3, "an image is [H, W, C], not \(store.imageShape)")
        precondition(store.count == labels.count, "one label for each image")
        self.init(store, labels.indices.map { Int32($0) }, labels: labels, trueLabels: nil)
    }

    /// Images in memory: rows of pixels of channels, one image after the other, and rows of classes likewise.
    ///
    /// - Precondition: one label, `imageShape.count` bytes and a class for each pixel of each image.
    package init(imageShape: Shape, pixels: [UInt8], labels: [Int32], masks: [UInt8]? = nil) {
        let store = MemoryStore(imageShape: imageShape, count: labels.count, pixels: pixels, masks: masks)
        self.init(store: store, labels: labels)
    }

    private init(_ store: any ImageStore, _ selection: [Int32], labels: [Int32], trueLabels: [Int32]?) {
        self.store = store
        self.selection = selection
        self.labels = labels
        self.trueLabels = trueLabels
    }

    /// Of one image: `[H, W, C]`.
    package var imageShape: Shape { store.imageShape }
    package var count: Int { selection.count }
    package var isEmpty: Bool { selection.isEmpty }
    /// Whether each image has a mask: one class for each pixel.
    package var hasMasks: Bool { store.hasMasks }
    /// Whether reading an image costs no more than a copy.
    package var isInMemory: Bool { store.isInMemory }
    /// The files, of this set and those it shares them with, that could not be read so far.
    package var unreadable: UnreadableFiles { store.unreadable }

    /// The images at `indices`, in that order; shares the store.
    package func subset(_ indices: some Sequence<Int>) -> ImageSet {
        let indices = Array(indices)
        return ImageSet(
            store, indices.map { selection[$0] }, labels: indices.map { labels[$0] },
            trueLabels: trueLabels.map { labels in indices.map { labels[$0] } })
    }

    /// The same images with other labels, which remembers the true ones.
    ///
    /// - Precondition: one label for each image.
    package func relabelled(_ labels: [Int32]) -> ImageSet {
        precondition(labels.count == count, "one label for each image")
        return ImageSet(store, selection, labels: labels, trueLabels: trueLabels ?? self.labels)
    }

    /// Whether both are the same images of one store, with the same labels.
    package func isSame(as other: ImageSet) -> Bool {
        store.unreadable === other.store.unreadable && selection == other.selection
            && labels == other.labels && trueLabels == other.trueLabels
    }

    /// The images that are kept in memory.
    package func add(to footprint: inout Footprint) {
        footprint.add(store.unreadable, bytes: store.heldBytes)
    }

    package func label(at index: Int) -> Int { Int(labels[index]) }

    /// Fills `room` with one image, or with the part that `chooser` chooses, scaled to the set's size; several
    /// threads may read at once.
    ///
    /// In a set that skips unreadable files the next image of the same class takes the place of one that is.
    ///
    /// - Throws: `DatasetError` with the file, if it cannot be read or decoded; never for images in memory.
    /// - Precondition: room for a mask only if there are masks.
    package func read(
        _ index: Int, choosing chooser: (any RegionChooser)? = nil, into room: ImageRoom
    ) throws(DatasetError) {
        precondition(room.pixels.count == imageShape.count, "room for one image")
        precondition(room.mask.map { hasMasks && $0.count == maskCount } ?? true, "room for one mask")
        do throws(DatasetError) {
            try store.read(Int(selection[index]), choosing: chooser, into: room)
        } catch {
            guard store.unreadable.policy == .skip,
                readSubstitute(for: index, choosing: chooser, into: room)
            else { throw error }
        }
    }

    /// Whether there is a readable image of that class.
    private func readSubstitute(
        for index: Int, choosing chooser: (any RegionChooser)?, into room: ImageRoom
    ) -> Bool {
        (1..<max(count, 1)).contains { step in
            let other = (index + step) % count
            return labels[other] == labels[index]
                && (try? store.read(Int(selection[other]), choosing: chooser, into: room)) != nil
        }
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

    /// How many labels are not the true ones.
    package var wrongLabelCount: Int {
        trueLabels.map { truths in zip(labels, truths).count { $0 != $1 } } ?? 0
    }

    /// How many pixels each class has in the masks of at most `most` images, evenly spaced; `classes` is more than
    /// the largest class in a mask.
    ///
    /// - Throws: `DatasetError` with the file, if one cannot be read.
    /// - Precondition: `hasMasks`.
    package func maskCounts(classes: Int, inAtMost most: Int) throws(DatasetError) -> [Int] {
        var counts = [Int](repeating: 0, count: classes)
        let wanted = min(count, most)
        for item in 0..<wanted {
            for label in try mask(at: item * count / wanted) { counts[Int(label)] += 1 }
        }
        return counts
    }

    /// Pixels of one image.
    private var maskCount: Int { imageShape[0] * imageShape[1] }
}
