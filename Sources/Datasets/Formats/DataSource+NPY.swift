import Tensors

/// Where an array of colour images has its channels.
package enum ChannelPlace: String, CaseIterable, Sendable {
    /// `[N, H, W, C]`
    case last
    /// `[N, C, H, W]`
    case first
}

extension DataSource {
    /// Images and labels, or masks, from NumPy's array files.
    ///
    /// - Throws: `DatasetError` with the file for anything that does not fit.
    package static func npy(
        _ train: FilePair, test: FilePair? = nil, channels: ChannelPlace = .last
    ) throws(DatasetError) -> DataSource {
        func load(_ files: FilePair) throws(DatasetError) -> LabelledImages {
            try LabelledImages(
                images: InputFile(files.images), classes: InputFile(files.labels), channels, files)
        }
        return try DataSource(name: "npy", train: try load(train), test: try test.map(load))
    }

    /// Images and labels, or masks, from the arrays of one NumPy archive.
    ///
    /// Without `names` the usual ones are looked for: `x_train` and `y_train`, `train_images` and `train_labels`, each
    /// with arrays for validation and test if there are some, `images` and `labels`, `x` and `y`, `arr_0` and `arr_1`.
    ///
    /// - Throws: `DatasetError` with the file for anything that does not fit.
    package static func npz(
        _ file: DataFile, images: String? = nil, labels: String? = nil, channels: ChannelPlace = .last
    ) throws(DatasetError) -> DataSource {
        let archive = try ZipArchive(file)
        let arrays = archive.names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
        func load(_ pair: ArrayNames.Pair?) throws(DatasetError) -> LabelledImages? {
            guard let pair else { return nil }
            for name in [pair.images, pair.labels] where !arrays.contains(name) {
                throw DatasetError(.noArray(name, found: arrays), file: file)
            }
            return try LabelledImages(
                images: archive.member("\(pair.images).npy"), classes: archive.member("\(pair.labels).npy"),
                channels, FilePair(images: file, labels: file))
        }
        let names =
            if let images, let labels {
                ArrayNames(train: (images, labels))
            } else {
                ArrayNames.usual.first {
                    arrays.contains($0.train.images) && arrays.contains($0.train.labels)
                }
            }
        guard let names, let train = try load(names.train) else {
            throw DatasetError(.noArray(nil, found: arrays), file: file)
        }
        func present(_ pair: ArrayNames.Pair?) -> ArrayNames.Pair? {
            pair.flatMap { arrays.contains($0.images) && arrays.contains($0.labels) ? $0 : nil }
        }
        return try DataSource(
            name: "npz", train: train, validation: try load(present(names.validation)),
            test: try load(present(names.test)))
    }
}

/// Under which names an archive has what.
private struct ArrayNames {
    typealias Pair = (images: String, labels: String)

    let train: Pair
    var validation: Pair?
    var test: Pair?

    static var usual: [ArrayNames] {
        [
            ArrayNames(
                train: ("x_train", "y_train"), validation: ("x_val", "y_val"), test: ("x_test", "y_test")),
            ArrayNames(
                train: ("train_images", "train_labels"), validation: ("val_images", "val_labels"),
                test: ("test_images", "test_labels")),
            ArrayNames(train: ("images", "labels")),
            ArrayNames(train: ("images", "masks")),
            ArrayNames(train: ("x", "y")),
            ArrayNames(train: ("arr_0", "arr_1")),
        ]
    }
}

extension LabelledImages {
    fileprivate init(
        images: any ByteReader, classes: any ByteReader, _ channels: ChannelPlace, _ files: FilePair
    ) throws(DatasetError) {
        let (shape, pixels) = try NPY(images).images(channels)
        try self.init(
            imageShape: shape, pixels: pixels, classes: try NPY(classes).classes(of: shape), files: files)
    }
}
