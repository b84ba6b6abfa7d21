/// All that a source of data has, before anybody says which of it to use.
package struct DataSource: Sendable {
    /// As the user called it: `fashion-mnist`, `shapes`, `folder`.
    package let name: String
    /// The classes' names; a label is an index into it. In segmentation class 0 is the background.
    package let classes: [String]
    package let splits: SourceSplits
    /// How much of the pool is kept for validation unless told otherwise.
    package let usualValidation: SplitSize
    /// What the user should know: files that were left out, for example.
    package let remarks: [String]

    /// - Precondition: labels and masks are below `classes.count`.
    package init(
        name: String, classes: [String], splits: SourceSplits,
        usualValidation: SplitSize = .fraction(0.1), remarks: [String] = []
    ) {
        self.name = name
        self.classes = classes
        self.splits = splits
        self.usualValidation = usualValidation
        self.remarks = remarks
    }
}

/// The sets of images that a source has.
package struct SourceSplits: Sendable {
    /// To train on, and to take validation images from unless there are some.
    package let pool: ImageSet
    /// Nil if the source leaves it to the user to set some aside.
    package let validation: ImageSet?
    /// Empty when the source has none.
    package let test: ImageSet

    /// - Precondition: one image shape in all sets, and masks in all or none.
    package init(pool: ImageSet, validation: ImageSet? = nil, test: ImageSet? = nil) {
        for other in [validation, test].compactMap({ $0 }) {
            precondition(pool.imageShape == other.imageShape, "one image shape")
            precondition(pool.hasMasks == other.hasMasks, "masks in all sets or in none")
        }
        self.pool = pool
        self.validation = validation
        self.test = test ?? pool.subset([])
    }
}
