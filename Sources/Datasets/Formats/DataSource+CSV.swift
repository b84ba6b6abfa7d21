import Tensors

/// Which column of a table has the labels.
package enum CSVLabelColumn: String, CaseIterable, Sendable { case first, last }

extension DataSource {
    /// Images as lines of a CSV file: a label and the pixels, rows of pixels of channels.
    ///
    /// Without a shape, images are grey squares.
    ///
    /// - Throws: `DatasetError` with the file, and the line at fault.
    package static func csv(
        _ train: DataFile, test: DataFile? = nil, imageShape: Shape? = nil, labels: CSVLabelColumn = .first
    ) throws(DatasetError) -> DataSource {
        func load(_ file: DataFile) throws(DatasetError) -> LabelledImages {
            let table = try CSV(file, labels: labels)
            return try LabelledImages(
                imageShape: try shape(of: table.columns - 1, imageShape, file), pixels: table.pixels,
                classes: .labels(table.labels), files: FilePair(images: file, labels: file))
        }
        return try DataSource(name: "csv", train: try load(train), test: try test.map(load))
    }

    private static func shape(
        of pixels: Int, _ given: Shape?, _ file: DataFile
    ) throws(DatasetError) -> Shape {
        if let given {
            guard given.extents[0...1].allSatisfy((1...mostPixelsASide).contains), [1, 3].contains(given[2])
            else {
                throw DatasetError(
                    .setting(
                        "size", found: "\(given)",
                        allowed: "1 to \(mostPixelsASide) pixels a side, of 1 or 3 channels"))
            }
            guard given.count == pixels else {
                throw DatasetError(.pixelCount(pixels, needed: given), file: file)
            }
            return given
        }
        let side = Int(Double(pixels).squareRoot().rounded())
        guard side * side == pixels, side <= mostPixelsASide else {
            throw DatasetError(.pixelCount(pixels, needed: nil), file: file)
        }
        return [side, side, 1]
    }
}
