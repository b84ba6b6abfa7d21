import Tensors

/// What a reader of a format got into memory, and the files to blame when parts do not fit together.
struct LabelledImages {
    /// One for each image, or with masks one for each pixel.
    enum Classes {
        case labels([Int])
        case masks([UInt8])
    }

    /// Of one image.
    let imageShape: Shape
    let pixels: [UInt8]
    let classes: Classes
    let files: FilePair

    /// - Throws: `DatasetError` unless there is a label, or a mask, for each image.
    init(
        imageShape: Shape, pixels: [UInt8], classes: Classes, files: FilePair
    ) throws(DatasetError) {
        self.imageShape = imageShape
        self.pixels = pixels
        self.classes = classes
        self.files = files
        let images = pixels.count / imageShape.count
        let found =
            switch classes {
            case .labels(let labels): labels.count
            case .masks(let masks): masks.count / (imageShape[0] * imageShape[1])
            }
        guard images == found else {
            throw DatasetError(
                .countsDiffer(images: images, labels: found, imagesFile: files.images.path),
                file: files.labels)
        }
    }

    fileprivate var hasMasks: Bool {
        if case .masks = classes { true } else { false }
    }

    fileprivate var largestClass: Int {
        switch classes {
        case .labels(let labels): labels.max() ?? 0
        case .masks(let masks): Int(masks.max() ?? 0)
        }
    }

    /// - Throws: `DatasetError` for a label or a pixel's class that is not below `count`.
    fileprivate func set(classes count: Int) throws(DatasetError) -> ImageSet {
        switch classes {
        case .labels(let labels):
            if let image = labels.firstIndex(where: { !(0..<count).contains($0) }) {
                throw DatasetError(
                    .labelOutOfRange(label: labels[image], image: image, classes: count), file: files.labels)
            }
            return ImageSet(imageShape: imageShape, pixels: pixels, labels: labels.map { Int32($0) })
        case .masks(let masks):
            guard largestClass < count else {
                throw DatasetError(.maskClass(largestClass, classes: count), file: files.labels)
            }
            let labels = [Int32](repeating: 0, count: pixels.count / imageShape.count)
            return ImageSet(imageShape: imageShape, pixels: pixels, labels: labels, masks: masks)
        }
    }

    /// Refuses images, or pixels, that are all of one class.
    fileprivate func checkVariety() throws(DatasetError) {
        let only: Int?
        switch classes {
        case .labels(let labels):
            only = labels.first.flatMap { first in labels.allSatisfy { $0 == first } ? first : nil }
        case .masks: only = largestClass == 0 ? 0 : nil
        }
        if let only { throw DatasetError(.oneClass(label: only), file: files.labels) }
    }
}

extension DataSource {
    /// More classes than this are not class labels.
    private static let mostClasses = 1 << 16

    /// Without names there are as many classes as the largest training label asks for, called "0", "1", ...
    ///
    /// - Throws: `DatasetError` with the file for parts that do not fit together.
    init(
        name: String, train: LabelledImages, validation: LabelledImages? = nil, test: LabelledImages? = nil,
        classes names: [String]? = nil, usualValidation: SplitSize = .fraction(0.1)
    ) throws(DatasetError) {
        let classes = names?.count ?? min(train.largestClass + 1, Self.mostClasses)
        let pool = try train.set(classes: classes)
        try train.checkVariety()
        func other(_ part: LabelledImages?) throws(DatasetError) -> ImageSet? {
            guard let part else { return nil }
            guard part.imageShape == train.imageShape else {
                throw DatasetError(
                    .imageShapesDiffer(train: "\(train.imageShape)", test: "\(part.imageShape)"),
                    file: part.files.images)
            }
            guard part.hasMasks == train.hasMasks else {
                throw DatasetError(.masksDiffer(train: train.hasMasks), file: part.files.labels)
            }
            return try part.set(classes: classes)
        }
        self.init(
            name: name, classes: names ?? (0..<classes).map(String.init),
            splits: SourceSplits(pool: pool, validation: try other(validation), test: try other(test)),
            usualValidation: usualValidation)
    }
}
