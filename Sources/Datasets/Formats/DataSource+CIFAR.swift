import Tensors

extension DataSource {
    private static let cifarShape: Shape = [32, 32, 3]

    /// CIFAR-10 in its binary version: 60 000 colour images of 32x32, 10 000 of them for testing (Krizhevsky, 2009).
    ///
    /// - Throws: `DatasetError` with the file.
    package static func cifar10(folder: String) throws(DatasetError) -> DataSource {
        try cifar(
            name: "cifar10", folder, train: (1...5).map { "data_batch_\($0).bin" }, test: "test_batch.bin",
            labelBytes: 1, label: 0,
            classes: [
                "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
            ])
    }

    /// What CIFAR-100 calls an image.
    package enum CIFAR100Labels: String, CaseIterable, Sendable {
        /// 100 classes.
        case fine
        /// 20 groups of five classes.
        case coarse
    }

    /// CIFAR-100 in its binary version: as CIFAR-10, of 100 classes in 20 groups. The names are in files beside it; if
    /// they are missing, classes are called "0", "1", ...
    ///
    /// - Throws: `DatasetError` with the file.
    package static func cifar100(
        folder: String, labels: CIFAR100Labels = .fine
    ) throws(DatasetError) -> DataSource {
        let count = labels == .fine ? 100 : 20
        let names = lines(of: DataFile("\(folder)/\(labels.rawValue)_label_names.txt", as: .inFolder))
        return try cifar(
            name: "cifar100", folder, train: ["train.bin"], test: "test.bin", labelBytes: 2,
            label: labels == .coarse ? 0 : 1,
            classes: names.count == count ? names : (0..<count).map(String.init))
    }

    /// None if it cannot be read.
    private static func lines(of file: DataFile) -> [String] {
        var bytes: [UInt8] = []
        guard let count = try? RegularFile(file).readAll(into: &bytes, most: 1 << 16) else { return [] }
        return String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: \.isNewline).map(
            String.init)
    }

    private static func cifar(
        name: String, _ folder: String, train: [String], test: String, labelBytes: Int, label: Int,
        classes: [String]
    ) throws(DatasetError) -> DataSource {
        func load(_ names: [String]) throws(DatasetError) -> LabelledImages {
            var pixels: [UInt8] = []
            var labels: [Int] = []
            var last = DataFile(folder, as: .inFolder)
            for name in names {
                last = DataFile("\(folder)/\(name)", as: .inFolder)
                try readRecords(last, labelBytes: labelBytes, label: label, &pixels, &labels)
            }
            pixels.makeChannelsLast(cifarShape)
            return try LabelledImages(
                imageShape: cifarShape, pixels: pixels, classes: .labels(labels),
                files: FilePair(images: last, labels: last))
        }
        return try DataSource(
            name: name, train: try load(train), test: try load([test]), classes: classes,
            usualValidation: .fraction(0.1))
    }

    /// Records of some label bytes and the red, green and blue planes.
    private static func readRecords(
        _ file: DataFile, labelBytes: Int, label: Int, _ pixels: inout [UInt8], _ labels: inout [Int]
    ) throws(DatasetError) {
        var bytes: [UInt8] = []
        let count = try RegularFile(file).readAll(into: &bytes, most: mostBytesInMemory)
        let record = labelBytes + cifarShape.count
        guard count % record == 0 else {
            throw DatasetError(.recordSize(bytes: count, record: record), file: file)
        }
        for start in stride(from: 0, to: count, by: record) {
            labels.append(Int(bytes[start + label]))
            pixels += bytes[start + labelBytes..<start + record]
        }
    }
}
