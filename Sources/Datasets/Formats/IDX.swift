import Tensors

/// The format of MNIST (LeCun, 1998): two zero bytes, an element type, a rank, each extent as a big-endian 32-bit
/// number, then the elements. Plain or gzipped.
enum IDX {
    /// Larger data does not belong in memory; it also bounds what a hostile header can make us allocate.
    static let mostBytes = 1 << 30
    static let mostPixelsASide = 4096
    private static let unsignedByte: UInt8 = 0x08

    /// The images of a file of rank 3, `[N, H, W]`, or rank 4, `[N, H, W, C]` with 1 or 3 channels.
    static func images(_ path: String, package: String? = nil) throws(DatasetError) -> (
        shape: Shape, pixels: [UInt8]
    ) {
        let file = try InputFile(path, package: package)
        let extents = try header(of: file)
        guard extents.count > 1 else { throw DatasetError(.labelsInsteadOfImages, file: path) }
        guard extents.count == 3 || extents.count == 4 && [1, 3].contains(extents[3]) else {
            throw DatasetError(
                .dimensions(extents, allowed: "count x height x width, or with 1 or 3 channels after them"),
                file: path)
        }
        guard extents[1...2].allSatisfy((1...mostPixelsASide).contains) else {
            throw DatasetError(
                .dimensions(extents, allowed: "of 1 to \(mostPixelsASide) pixels a side"), file: path)
        }
        let shape = Shape([extents[1], extents[2], extents.count == 4 ? extents[3] : 1])
        return (shape, try elements(of: file, extents: extents))
    }

    /// The labels of a file of rank 1.
    static func labels(_ path: String, package: String? = nil) throws(DatasetError) -> [UInt8] {
        let file = try InputFile(path, package: package)
        let extents = try header(of: file)
        guard extents.count == 1 else { throw DatasetError(.imagesInsteadOfLabels, file: path) }
        return try elements(of: file, extents: extents)
    }

    private static func header(of file: InputFile) throws(DatasetError) -> [Int] {
        let magic = try bytes(4, of: file)
        guard magic[0] == 0, magic[1] == 0, (1...4).contains(magic[3]) else {
            throw DatasetError(.notIDX, file: file.path)
        }
        guard magic[2] == unsignedByte else { throw DatasetError(.elementType(magic[2]), file: file.path) }
        let extents = try bytes(4 * Int(magic[3]), of: file)
        return stride(from: 0, to: extents.count, by: 4).map { start in
            extents[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
    }

    /// Refuses sizes that the file cannot hold before it allocates anything.
    private static func elements(of file: InputFile, extents: [Int]) throws(DatasetError) -> [UInt8] {
        guard extents[0] > 0 else { throw DatasetError(.empty, file: file.path) }
        var count = 1
        for extent in extents {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= mostBytes else {
                throw DatasetError(
                    .dimensions(extents, allowed: "no more than \(mostBytes) bytes"), file: file.path)
            }
            count = product
        }
        guard count <= file.mostBytes else {
            throw DatasetError(.truncated(expected: count, found: file.mostBytes), file: file.path)
        }
        let elements = try bytes(count, of: file)
        guard try file.read(upTo: 1).isEmpty else {
            throw DatasetError(.trailingBytes(expected: count), file: file.path)
        }
        return elements
    }

    private static func bytes(_ count: Int, of file: InputFile) throws(DatasetError) -> [UInt8] {
        let bytes = try file.read(upTo: count)
        guard bytes.count == count else {
            throw DatasetError(.truncated(expected: count, found: bytes.count), file: file.path)
        }
        return bytes
    }
}
