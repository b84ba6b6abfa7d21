import Tensors

/// Bytes read from start to end, from a file or from a member of an archive.
protocol ByteReader: AnyObject {
    /// The file to blame.
    var file: DataFile { get }
    /// No more bytes than this can come.
    var mostBytes: Int { get }

    /// The next `count` bytes, fewer only at the end.
    func read(upTo count: Int) throws(DatasetError) -> [UInt8]
}

extension ByteReader {
    /// - Throws: `DatasetError.truncated` if there are fewer.
    func read(_ count: Int) throws(DatasetError) -> [UInt8] {
        let bytes = try read(upTo: count)
        guard bytes.count == count else {
            throw DatasetError(.truncated(expected: count, found: bytes.count), file: file)
        }
        return bytes
    }

    /// The product of `extents` bytes and nothing after them; refuses sizes that the file cannot hold, or that do not
    /// belong in memory, before it allocates anything.
    func readAll(_ extents: [Int], bytesEach: Int = 1) throws(DatasetError) -> [UInt8] {
        guard let count = Shape(extents + [bytesEach]).checkedCount, count <= mostBytesInMemory else {
            throw DatasetError(
                .dimensions(extents, allowed: "no more than \(mostBytesInMemory) bytes"), file: file)
        }
        guard count > 0 else { throw DatasetError(.empty, file: file) }
        guard count <= mostBytes else {
            throw DatasetError(.truncated(expected: count, found: mostBytes), file: file)
        }
        let bytes = try read(count)
        guard try read(upTo: 1).isEmpty else {
            throw DatasetError(.trailingBytes(expected: count), file: file)
        }
        return bytes
    }
}

/// Larger data do not belong in memory; it also bounds what a hostile header can make us allocate.
let mostBytesInMemory = 1 << 30

/// Of an image in memory.
let mostPixelsASide = 4096
