import Tensors

/// The format of MNIST (LeCun, 1998): two zero bytes, an element type, a rank, each extent as a big-endian 32-bit
/// number, then the elements. Plain or gzipped.
enum IDX {
    /// Larger data does not belong in memory; it also bounds what a hostile header can make us allocate.
    static let mostBytes = 1 << 30
    static let mostPixelsASide = 4096
    private static let unsignedByte: UInt8 = 0x08

    /// The images of a file of rank 3, `[N, H, W]`, or rank 4, `[N, H, W, C]` with 1 or 3 channels.
    static func images(_ file: DataFile) throws(DatasetError) -> (shape: Shape, pixels: [UInt8]) {
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
        return (shape, try elements(of: input, extents: extents))
    }

    /// The labels of a file of rank 1.
    static func labels(_ file: DataFile) throws(DatasetError) -> [UInt8] {
        let input = try InputFile(file)
        let extents = try header(of: input)
        guard extents.count == 1 else { throw DatasetError(.imagesInsteadOfLabels, file: file) }
        return try elements(of: input, extents: extents)
    }

    private static func header(of input: InputFile) throws(DatasetError) -> [Int] {
        let magic = try bytes(4, of: input)
        guard magic[0] == 0, magic[1] == 0, (1...4).contains(magic[3]) else {
            throw DatasetError(.notIDX, file: input.file)
        }
        guard magic[2] == unsignedByte else { throw DatasetError(.elementType(magic[2]), file: input.file) }
        let extents = try bytes(4 * Int(magic[3]), of: input)
        return stride(from: 0, to: extents.count, by: 4).map { start in
            extents[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
    }

    /// Refuses sizes that the file cannot hold before it allocates anything.
    private static func elements(of input: InputFile, extents: [Int]) throws(DatasetError) -> [UInt8] {
        guard extents[0] > 0 else { throw DatasetError(.empty, file: input.file) }
        var count = 1
        for extent in extents {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= mostBytes else {
                throw DatasetError(
                    .dimensions(extents, allowed: "no more than \(mostBytes) bytes"), file: input.file)
            }
            count = product
        }
        guard count <= input.mostBytes else {
            throw DatasetError(.truncated(expected: count, found: input.mostBytes), file: input.file)
        }
        let elements = try bytes(count, of: input)
        guard try input.read(upTo: 1).isEmpty else {
            throw DatasetError(.trailingBytes(expected: count), file: input.file)
        }
        return elements
    }

    private static func bytes(_ count: Int, of input: InputFile) throws(DatasetError) -> [UInt8] {
        let bytes = try input.read(upTo: count)
        guard bytes.count == count else {
            throw DatasetError(.truncated(expected: count, found: bytes.count), file: input.file)
        }
        return bytes
    }
}
