import Tensors

/// Two IDX files that belong together.
package struct IDXPair: Hashable, Sendable {
    package let images: String
    package let labels: String

    package init(images: String, labels: String) {
        self.images = images
        self.labels = labels
    }

    /// Both files' content; labels may be of any class.
    func load(package: String? = nil) throws(DatasetError) -> ImageSet {
        let (shape, pixels) = try IDX.images(images, package: package)
        let labels = try IDX.labels(labels, package: package)
        let count = pixels.count / shape.count
        guard labels.count == count else {
            throw DatasetError(
                .countsDiffer(images: count, labels: labels.count, imagesFile: images), file: self.labels)
        }
        return ImageSet(imageShape: shape, pixels: pixels, labels: labels)
    }
}

extension Dataset {
    /// Images and labels from IDX files, plain or gzipped.
    ///
    /// Without names there are as many classes as the largest training label asks for, called "0", "1", ...
    /// `package` is what would install the files if they are missing.
    ///
    /// - Throws: `DatasetError` with the file's name for anything that does not fit.
    package static func idx(
        name: String, train: IDXPair, test: IDXPair? = nil, classes names: [String]? = nil,
        validation: SplitSize,
        seed: UInt64, package: String? = nil
    ) throws(DatasetError) -> Dataset {
        if let names, !(1...256).contains(names.count) {
            throw DatasetError(.setting("classes", found: "\(names.count) names", allowed: "1 to 256 names"))
        }
        let pool = try train.load(package: package)
        let classes = names ?? (0...(pool.labels.max() ?? 0)).map(String.init)
        try pool.checkLabels(below: classes.count, file: train.labels)
        let testSet = try test?.load(package: package) ?? pool.subset([])
        if let test {
            guard testSet.imageShape == pool.imageShape else {
                throw DatasetError(
                    .imageShapesDiffer(train: "\(pool.imageShape)", test: "\(testSet.imageShape)"),
                    file: test.images)
            }
            try testSet.checkLabels(below: classes.count, file: test.labels)
        }
        return try Dataset(
            name: name, classes: classes, pool: pool, test: testSet, validation: validation, seed: seed)
    }
}

extension ImageSet {
    fileprivate func checkLabels(below classes: Int, file: String) throws(DatasetError) {
        guard let image = labels.firstIndex(where: { $0 >= classes }) else { return }
        throw DatasetError(
            .labelOutOfRange(label: label(at: image), image: image, classes: classes), file: file)
    }
}
