import Tensors

extension Dataset {
    /// Where Debian's package puts it.
    package static let fashionMNISTFolder = "/usr/share/datasets/fashion-mnist"
    package static let fashionMNISTPackage = "dataset-fashion-mnist"

    /// Zalando's 70 000 grey images of clothes, 28x28, 60 000 of them for training and validation
    /// (Xiao, Rasul & Vollgraf, 2017).
    package static func fashionMNIST(
        folder: String = fashionMNISTFolder, validation: SplitSize = .count(5000), seed: UInt64
    ) throws(DatasetError) -> Dataset {
        func pair(_ part: String) -> IDXPair {
            IDXPair(
                images: "\(folder)/\(part)-images-idx3-ubyte.gz",
                labels: "\(folder)/\(part)-labels-idx1-ubyte.gz")
        }
        return try idx(
            name: "fashion-mnist", train: pair("train"), test: pair("t10k"),
            classes: [
                "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
                "ankle boot",
            ],
            validation: validation, seed: seed,
            package: folder == fashionMNISTFolder ? fashionMNISTPackage : nil)
    }
}
