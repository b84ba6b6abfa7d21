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

    /// - Precondition: the same image shape in both sets, and labels below `classes.count`.
    package init(
        name: String, classes: [String], pool: ImageSet, test: ImageSet, validation: SplitSize, seed: UInt64
    ) throws(DatasetError) {
        precondition(pool.imageShape == test.imageShape, "train and test images have one shape")
        self.name = name
        self.classes = classes
        self.pool = pool
        self.test = test
        (train, validation: self.validation) = try pool.stratifiedSplit(
            validation: validation, classes: classes.count, random: RandomStream(seed: seed, name: "split"))
    }

    /// Of one image: `[H, W, C]`.
    package var imageShape: Shape { pool.imageShape }

    /// The same images with another share, or another draw, of them for validation.
    package func split(validation: SplitSize, seed: UInt64) throws(DatasetError) -> Dataset {
        try Dataset(name: name, classes: classes, pool: pool, test: test, validation: validation, seed: seed)
    }

    /// At most `limit` images to train and validate on, and as many to test on; each class keeps its share.
    package func limited(to limit: Int, validation: SplitSize, seed: UInt64) throws(DatasetError) -> Dataset {
        func sample(_ set: ImageSet, _ stream: String) throws(DatasetError) -> ImageSet {
            guard set.count > limit else { return set }
            let random = RandomStream(seed: seed, name: "limit").derived(stream)
            return try set.stratifiedSplit(validation: .count(limit), classes: classes.count, random: random)
                .validation
        }
        return try Dataset(
            name: name, classes: classes, pool: sample(pool, "train"), test: sample(test, "test"),
            validation: validation, seed: seed)
    }

    /// Whether the largest class of the training images has at most a tenth more of them than the smallest.
    package var isBalanced: Bool {
        let counts = train.classCounts(classes: classes.count)
        guard let smallest = counts.min(), let largest = counts.max() else { return true }
        return largest * 10 <= smallest * 11
    }
}
