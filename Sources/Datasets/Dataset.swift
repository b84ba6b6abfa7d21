import Tensors

/// Images to learn from, to choose settings by, and to judge by in the end.
package struct Dataset: Sendable {
    /// As the user called it: `fashion-mnist`, `shapes`, a file's name.
    package let name: String
    /// The classes' names; a label is an index into it.
    package let classes: [String]
    package let train: ImageSet
    package let validation: ImageSet
    /// Empty when the source has none.
    package let test: ImageSet
    /// Train and validation before they were split, in the source's order.
    private let pool: ImageSet

    /// - Precondition: the same image shape in both sets, masks in both or in none, and labels below `classes.count`.
    package init(
        name: String, classes: [String], pool: ImageSet, test: ImageSet, validation: SplitSize, seed: UInt64
    ) throws(DatasetError) {
        precondition(pool.imageShape == test.imageShape, "train and test images have one shape")
        precondition(pool.hasMasks == test.hasMasks, "train and test images both have masks, or neither")
        self.name = name
        self.classes = classes
        self.pool = pool
        self.test = test
        (drawn: self.validation, rest: train) = try pool.drawing(
            validation.count(of: pool.count), classes: classes.count,
            random: RandomStream(seed: seed, name: "split"))
    }

    /// Whether the class of each pixel is to be learned, and not the class of each image.
    package var isSegmentation: Bool { pool.hasMasks }

    /// Of one image: `[H, W, C]`.
    package var imageShape: Shape { pool.imageShape }

    /// The same images with another share, or another draw, of them for validation.
    package func split(validation: SplitSize, seed: UInt64) throws(DatasetError) -> Dataset {
        try Dataset(name: name, classes: classes, pool: pool, test: test, validation: validation, seed: seed)
    }

    /// The names of classes that no training image is of.
    package var emptyClasses: [String] {
        zip(classes, train.classCounts(classes: classes.count)).filter { $0.1 == 0 }.map(\.0)
    }

    /// Whether the largest class of the training images has at most a tenth more of them than the smallest.
    package var isBalanced: Bool {
        let counts = train.classCounts(classes: classes.count)
        guard let smallest = counts.min(), let largest = counts.max() else { return true }
        return largest * 10 <= smallest * 11
    }
}
