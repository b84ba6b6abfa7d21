import Tensors

extension DataSource {
    /// Where Debian's package puts it.
    package static let fashionMNISTFolder = "/usr/share/datasets/fashion-mnist"
    package static let fashionMNISTPackage = "dataset-fashion-mnist"

    /// Zalando's 70 000 grey images of clothes, 28x28, 60 000 of them for training and validation
    /// (Xiao, Rasul & Vollgraf, 2017). A twelfth of those is kept for validation, 5000 of all, unless told otherwise.
    package static func fashionMNIST(folder: String = fashionMNISTFolder) throws(DatasetError) -> DataSource {
        func file(_ name: String) -> DataFile {
            DataFile(
                "\(folder)/\(name)-ubyte.gz", as: .inFolder,
                installedBy: folder == fashionMNISTFolder ? fashionMNISTPackage : nil)
        }
        func pair(_ part: String) -> FilePair {
            FilePair(images: file("\(part)-images-idx3"), labels: file("\(part)-labels-idx1"))
        }
        return try idx(
            name: "fashion-mnist", train: pair("train"), test: pair("t10k"),
            classes: [
                "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
                "ankle boot",
            ],
            usualValidation: .fraction(1.0 / 12))
    }
}

extension Dataset {
    /// `DataSource.fashionMNIST`, split.
    package static func fashionMNIST(
        folder: String = DataSource.fashionMNISTFolder, limit: Int? = nil, validation: SplitSize? = nil,
        seed: UInt64
    ) throws(DatasetError) -> Dataset {
        var selection = DataSelection(validation: validation)
        selection.limit = limit
        return try Dataset(.fashionMNIST(folder: folder), selection: selection, seed: seed)
    }
}
