import Tensors

/// Two IDX files that belong together.
package struct IDXPair: Hashable, Sendable {
    package let images: DataFile
    package let labels: DataFile

    package init(images: DataFile, labels: DataFile) {
        self.images = images
        self.labels = labels
    }

    /// Both files' content; labels may be of any class.
    func load() throws(DatasetError) -> ImageSet {
        let (shape, pixels) = try IDX.images(images)
        let labels = try IDX.labels(labels)
        let count = pixels.count / shape.count
        guard labels.count == count else {
            throw DatasetError(
                .countsDiffer(images: count, labels: labels.count, imagesFile: images.path),
                file: self.labels)
        }
        return ImageSet(imageShape: shape, pixels: pixels, labels: labels.map(Int32.init))
    }
}

extension Dataset {
    /// Images and labels from IDX files, plain or gzipped.
    ///
    /// Without names there are as many classes as the largest training label asks for, called "0", "1", ...
    /// At most `limit` images are used to train and validate on, and as many to test on; each class keeps its share.
    ///
    /// - Throws: `DatasetError` with the file for anything that does not fit.
    package static func idx(
        name: String, train: IDXPair, test: IDXPair? = nil, classes names: [String]? = nil,
        limit: Int? = nil, validation: SplitSize, seed: UInt64
    ) throws(DatasetError) -> Dataset {
        if let names, !(1...256).contains(names.count) {
            throw DatasetError(.setting("classes", found: "\(names.count) names", allowed: "1 to 256 names"))
        }
        if let limit, limit < 1 {
            throw DatasetError(.setting("limit", found: "\(limit)", allowed: "1 image or more"))
        }
        let pool = try train.load()
        let classes = names ?? (0...Int(pool.labels.max() ?? 0)).map(String.init)
        try pool.checkLabels(below: classes.count, file: train.labels)
        try pool.checkVariety(file: train.labels)
        let testSet = try test?.load() ?? pool.subset([])
        if let test {
            guard testSet.imageShape == pool.imageShape else {
                throw DatasetError(
                    .imageShapesDiffer(train: "\(pool.imageShape)", test: "\(testSet.imageShape)"),
                    file: test.images)
            }
            try testSet.checkLabels(below: classes.count, file: test.labels)
        }
        func sample(_ set: ImageSet, _ stream: String) -> ImageSet {
            guard let limit, limit < set.count else { return set }
            let random = RandomStream(seed: seed, name: "limit").derived(stream)
            return set.drawing(limit, classes: classes.count, random: random).drawn
        }
        return try Dataset(
            name: name, classes: classes, pool: sample(pool, "train"), test: sample(testSet, "test"),
            validation: validation, seed: seed)
    }
}

extension ImageSet {
    fileprivate func checkLabels(below classes: Int, file: DataFile) throws(DatasetError) {
        guard let image = labels.firstIndex(where: { $0 >= classes }) else { return }
        throw DatasetError(
            .labelOutOfRange(label: label(at: image), image: image, classes: classes), file: file)
    }

    /// Refuses images that are all of one class.
    fileprivate func checkVariety(file: DataFile) throws(DatasetError) {
        guard let first = labels.first, labels.allSatisfy({ $0 == first }) else { return }
        throw DatasetError(.oneClass(label: Int(first)), file: file)
    }
}
