import Tensors

/// Labelled images as bytes. Subsets share the pixels of the set they come from, so a split costs four bytes an image.
package struct ImageSet: Sendable {
    /// Of one image: `[H, W, C]`.
    package let imageShape: Shape
    /// Pixels of every image of the original set, one after the other.
    let pixels: [UInt8]
    private let pixelLabels: [UInt8]
    /// Which images of `pixels` are in this set, in order.
    let selection: [Int32]

    /// - Precondition: one label for each image of `imageShape.count` bytes.
    package init(imageShape: Shape, pixels: [UInt8], labels: [UInt8]) {
        precondition(imageShape.rank == 3, "an image is [H, W, C], not \(imageShape)")
        precondition(pixels.count == labels.count * imageShape.count, "one label for each image")
        self.imageShape = imageShape
        self.pixels = pixels
        pixelLabels = labels
        selection = (0..<Int32(labels.count)).map { $0 }
    }

    private init(_ set: ImageSet, selection: [Int32]) {
        imageShape = set.imageShape
        pixels = set.pixels
        pixelLabels = set.pixelLabels
        self.selection = selection
    }

    package var count: Int { selection.count }
    package var isEmpty: Bool { selection.isEmpty }

    /// The images at `indices`, in that order; shares the pixels.
    package func subset(_ indices: some Sequence<Int>) -> ImageSet {
        ImageSet(self, selection: indices.map { selection[$0] })
    }

    package func label(at index: Int) -> Int { Int(pixelLabels[Int(selection[index])]) }

    /// The bytes of one image: rows of pixels of channels.
    package func image(at index: Int) -> [UInt8] {
        let start = Int(selection[index]) * imageShape.count
        return Array(pixels[start..<start + imageShape.count])
    }

    package var labels: [Int32] { selection.map { Int32(pixelLabels[Int($0)]) } }

    /// How many images each class has; `classes` is more than the largest label.
    package func classCounts(classes: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: classes)
        for index in selection { counts[Int(pixelLabels[Int(index)])] += 1 }
        return counts
    }
}
