import Tensors

/// The format of MNIST (LeCun, 1998): two zero bytes, an element type, a rank, each extent as a big-endian 32-bit
/// number, then the elements. Plain or gzipped.
enum IDX {
    private static let unsignedByte: UInt8 = 0x08

    /// Both files' content.
    static func load(_ files: FilePair) throws(DatasetError) -> LabelledImages {
        let (shape, pixels) = try images(files.images)
        return try LabelledImages(
            imageShape: shape, pixels: pixels, classes: .labels(try labels(files.labels).map(Int.init)),
            files: files)
    }

    /// The images of a file of rank 3, `[N, H, W]`, or rank 4, `[N, H, W, C]` with 1 or 3 channels.
    private static func images(_ file: DataFile) throws(DatasetError) -> (shape: Shape, pixels: [UInt8]) {
        let input = try InputFile(file)
        let extents = try header(of: input)
        guard extents.count > 1 else { throw DatasetError(.labelsInsteadOfImages, file: file) }
        guard extents.count == 3 || extents.count == 4 && [1, 3].contains(extents[3]) else {
            throw DatasetError(
                .dimensions(extents, allowed: "count x height x width, or with 1 or 3 channels after them"),
                file: file)
        }
        guard extents[1...2].allSatisfy((1...mostPixelsASide).contains) else {
            throw DatasetError(
                .dimensions(extents, allowed: "of 1 to \(mostPixelsASide) pixels a side"), file: file)
        }
        let shape = Shape([extents[1], extents[2], extents.count == 4 ? extents[3] : 1])
        return (shape, try input.readAll(extents))
    }

    /// The labels of a file of rank 1.
    private static func labels(_ file: DataFile) throws(DatasetError) -> [UInt8] {
        let input = try InputFile(file)
        let extents = try header(of: input)
        guard extents.count == 1 else { throw DatasetError(.imagesInsteadOfLabels, file: file) }
        return try input.readAll(extents)
    }

    private static func header(of input: InputFile) throws(DatasetError) -> [Int] {
        let magic = try input.read(4)
        guard magic[0] == 0, magic[1] == 0, (1...4).contains(magic[3]) else {
            throw DatasetError(.notIDX, file: input.file)
        }
        guard magic[2] == unsignedByte else { throw DatasetError(.elementType(magic[2]), file: input.file) }
        let extents = try input.read(4 * Int(magic[3]))
        return stride(from: 0, to: extents.count, by: 4).map { start in
            extents[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
    }
}
