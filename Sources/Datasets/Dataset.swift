import Tensors

/// Images to learn from, to choose settings by, and to judge by in the end.
package struct Dataset: Sendable {
    package let source: DataSource
    package let selection: DataSelection
    package let train: ImageSet
    package let validation: ImageSet
    /// Empty when the source has none.
    package let test: ImageSet
    /// Shared by copies of this dataset, and by no other.
    package let identity = Identity()

    /// Tells datasets apart without looking at their images.
    package final class Identity: Sendable, Equatable {
        package static func == (a: Identity, b: Identity) -> Bool { a === b }
    }

    /// - Throws: `DatasetError.setting` if the source cannot meet the selection.
    package init(
        _ source: DataSource, selection: DataSelection = DataSelection(), seed: UInt64
    ) throws(DatasetError) {
        self.source = source
        self.selection = selection
        (train, validation, test) = try selection.apply(to: source, seed: seed)
    }

    /// As the user called the source: `fashion-mnist`, `shapes`, `folder`.
    package var name: String { source.name }
    /// The classes' names; a label is an index into it. In segmentation class 0 is the background.
    package var classes: [String] { source.classes }
    /// Whether the class of each pixel is to be learned, and not the class of each image.
    package var isSegmentation: Bool { source.splits.pool.hasMasks }
    /// Of one image: `[H, W, C]`.
    package var imageShape: Shape { source.splits.pool.imageShape }
    /// Why files were left out so far, if unreadable ones are.
    package var skippedFiles: [DatasetError] {
        train.unreadable.policy == .skip ? train.unreadable.found : []
    }

    /// Whether both are one loading of one source, split in the same way.
    package func hasSameImages(as other: Dataset) -> Bool {
        train.isSame(as: other.train) && validation.isSame(as: other.validation)
            && test.isSame(as: other.test)
    }

    /// The images that are kept in memory.
    package func add(to footprint: inout Footprint) {
        for set in [train, validation, test] { set.add(to: &footprint) }
    }

    /// The same images with another share, or another draw, of them for validation.
    package func split(validation: SplitSize, seed: UInt64) throws(DatasetError) -> Dataset {
        var selection = selection
        selection.validation = validation
        selection.fold = nil
        return try Dataset(source, selection: selection, seed: seed)
    }

    /// The names of classes that no training image is of; in segmentation none is known.
    package var emptyClasses: [String] {
        guard !isSegmentation else { return [] }
        return zip(classes, train.classCounts(classes: classes.count)).filter { $0.1 == 0 }.map(\.0)
    }

    /// Whether the largest class of the training images has at most a tenth more of them than the smallest.
    package var isBalanced: Bool {
        let counts = train.classCounts(classes: classes.count)
        guard let smallest = counts.min(), let largest = counts.max() else { return true }
        return largest * 10 <= smallest * 11
    }
}
