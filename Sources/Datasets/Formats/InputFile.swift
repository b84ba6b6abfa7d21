import CZlib
import Glibc

/// A file read from start to end, decompressed on the way if it is gzipped.
///
/// Never reads more than it is asked for, so the caller's limits hold against a file that would decompress for ever.
final class InputFile {
    let file: DataFile
    /// Most bytes the file can yield: its size, times deflate's best ratio if it is compressed.
    let mostBytes: Int
    private let descriptor: Int32
    private let isCompressed: Bool
    // zlib keeps a pointer to its stream, so it needs a place that never moves.
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var memberHasEnded = false

    /// - Throws: `DatasetError` if there is no such readable, regular file, or if it is empty.
    init(_ file: DataFile) throws(DatasetError) {
        // Not blocking: a named pipe must be refused, not waited for.
        let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw DatasetError(
                errno == ENOENT
                    ? .missing(package: file.installedBy) : .unreadable(String(cString: strerror(errno))),
                file: file)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw DatasetError(.notAFile, file: file)
        }
        guard status.st_size > 0 else {
            close(descriptor)
            throw DatasetError(.empty, file: file)
        }
        var magic: [UInt8] = [0, 0]
        isCompressed = pread(descriptor, &magic, 2, 0) == 2 && magic == [0x1f, 0x8b]
        let size = Int(status.st_size)
        mostBytes = isCompressed ? size.multipliedReportingOverflow(by: 1032).partialValue : size
        self.file = file
        self.descriptor = descriptor
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
        close(descriptor)
    }

    /// The next `count` bytes, fewer only at the end.
    func read(upTo count: Int) throws(DatasetError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let found = try bytes.withUnsafeMutableBufferPointer { (room) throws(DatasetError) in
            var filled = 0
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(room)[filled...])
                let got = isCompressed ? try inflateSome(into: rest) : try readSome(into: rest)
                if got == 0 { break }
                filled += got
            }
            return filled
        }
        bytes.removeLast(count - found)
        return bytes
    }

    private func readSome(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        while true {
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if got >= 0 { return got }
            guard errno == EINTR else {
                throw DatasetError(.unreadable(String(cString: strerror(errno))), file: file)
            }
        }
    }

    /// Returns 0 only at the end of the last gzip member.
    private func inflateSome(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        let room = min(buffer.count, 1 << 30)
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = uInt(room)
        while stream.pointee.avail_out == room {
            if stream.pointee.avail_in == 0 {
                let got = try readSome(into: UnsafeMutableRawBufferPointer(input))
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
