import CZlib
import Glibc

/// A file read from start to end, decompressed on the way if it is gzipped.
///
/// Never reads more than it is asked for, so the caller's limits hold against a file that would decompress for ever.
final class InputFile: ByteReader {
    /// Most bytes the file can yield: its size, times deflate's best ratio if it is compressed.
    let mostBytes: Int
    private let source: RegularFile
    private let isCompressed: Bool
    // zlib keeps a pointer to its stream, so it needs a place that never moves.
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var memberHasEnded = false

    var file: DataFile { source.file }

    /// - Throws: `DatasetError` if there is no such readable, regular file, or if it is empty.
    init(_ file: DataFile) throws(DatasetError) {
        source = try RegularFile(file)
        var magic: [UInt8] = [0, 0]
        isCompressed = pread(source.descriptor, &magic, 2, 0) == 2 && magic == [0x1f, 0x8b]
        mostBytes =
            isCompressed ? source.size.multipliedReportingOverflow(by: 1032).partialValue : source.size
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(capacity: 1 << 16)
        let gzipOnly: Int32 = 15 + 16
        let started = inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(started == Z_OK, "zlib cannot start: \(started)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// The next `count` bytes, fewer only at the end.
    func read(upTo count: Int) throws(DatasetError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let found = try bytes.withUnsafeMutableBufferPointer { (room) throws(DatasetError) in
            var filled = 0
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(room)[filled...])
                let got = isCompressed ? try inflateSome(into: rest) : try source.read(into: rest)
                if got == 0 { break }
                filled += got
            }
            return filled
        }
        bytes.removeLast(count - found)
        return bytes
    }

    /// Returns 0 only at the end of the last gzip member.
    private func inflateSome(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        let room = min(buffer.count, 1 << 30)
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = uInt(room)
        while stream.pointee.avail_out == room {
            if stream.pointee.avail_in == 0 {
                let got = try source.read(into: UnsafeMutableRawBufferPointer(input))
                if got == 0 {
                    // Between members is the only place to end.
                    guard memberHasEnded else { throw DatasetError(.damagedCompression, file: file) }
                    return 0
                }
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = uInt(got)
            }
            if memberHasEnded {
                inflateReset(stream)
                memberHasEnded = false
            }
            switch inflate(stream, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: memberHasEnded = true
            default: throw DatasetError(.damagedCompression, file: file)
            }
        }
        return room - Int(stream.pointee.avail_out)
    }
}
