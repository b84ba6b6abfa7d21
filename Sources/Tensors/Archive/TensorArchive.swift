import Glibc

/// Named tensors in a safetensors file, which Python's `safetensors` and PyTorch's users read and write.
///
/// The format: 8 bytes with the length of the header, the header as JSON, then the tensors' bytes without a gap, all
/// little-endian. 32-bit floats are written; floats of 16 and 64 bits are read too, and become 32-bit ones.
package struct TensorArchive: Sendable {
    /// In the order of the file; no name twice.
    package var tensors: [(name: String, tensor: Tensor)]
    /// Texts about the whole, such as `format: pt`.
    package var metadata: [String: String]
    /// Tensors in the file of a type that is not read, such as PyTorch's counters: their types by name.
    package private(set) var skipped: [String: String] = [:]

    /// - Precondition: to be written, no name occurs twice.
    package init(tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The tensors by name.
    package var named: [String: Tensor] {
        Dictionary(tensors.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
    }

    /// In bytes, a guard against holes that claim to be data.
    package static let largestFile = 1 << 33
    /// In bytes, the format's own limit.
    package static let largestHeader = 100_000_000
    /// `PK` and two control characters: no header is as long as that.
    private static let zipStart: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

    /// Reads a whole file.
    ///
    /// Memory is taken for the header when the file is known to be as long as that, and for tensors when all of the
    /// header agrees with the file's length.
    ///
    /// - Throws: `ArchiveError` with the path and the reason.
    package static func read(_ path: String) throws(ArchiveError) -> TensorArchive {
        // Not to wait for a writer if it is a pipe.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw ArchiveError(path: path, reason: .file(FileError(path, "read"))) }
        defer { close(descriptor) }
        do throws(ArchiveError.Reason) {
            return try read(descriptor, path)
        } catch {
            throw ArchiveError(path: path, reason: error)
        }
    }

    private static func read(_ descriptor: Int32, _ path: String) throws(ArchiveError.Reason) -> TensorArchive
    {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file(FileError(path, "read")) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .file(FileError(path: path, kind: .notAFile))
        }
        let size = Int(status.st_size)
        guard size <= largestFile else { throw .tooLarge(bytes: size, limit: largestFile) }
        let prefix = MemoryLayout<UInt64>.size
        guard size >= prefix else { throw .cutOff(bytes: size, needed: prefix) }

        let start = try bytes(descriptor, prefix, at: 0, path)
        guard !start.starts(with: zipStart) else { throw .zip }
        let announced = start.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard (2...UInt64(largestHeader)).contains(announced) else { throw .headerSize(announced) }
        let length = Int(announced)
        guard length <= size - prefix else {
            throw .cutOff(bytes: size, needed: prefix + length)
        }

        var parser = ArchiveHeaderParser(try bytes(descriptor, length, at: prefix, path))
        let header = try parser.parse()
        try header.check(dataSize: size - prefix - length)

        var archive = TensorArchive(tensors: [], metadata: header.metadata)
        for entry in header.entries {
            guard let element = entry.element else {
                archive.skipped[entry.name] = entry.type
                continue
            }
            var tensor = Tensor(zeros: Shape(entry.extents))
            try tensor.withUnsafeMutableBufferPointer { scalars throws(ArchiveError.Reason) in
                try read(element, descriptor, into: scalars, at: prefix + length + entry.begin, path)
            }
            archive.tensors.append((entry.name, tensor))
        }
        return archive
    }

    private static func read(
        _ element: ElementType, _ descriptor: Int32, into scalars: UnsafeMutableBufferPointer<Float>,
        at offset: Int, _ path: String
    ) throws(ArchiveError.Reason) {
        guard element != .float else {
            return try read(descriptor, into: UnsafeMutableRawBufferPointer(scalars), at: offset, path)
        }
        let bytes = Buffer<UInt8>(zeros: scalars.count * element.size)
        try read(descriptor, into: UnsafeMutableRawBufferPointer(bytes.elements), at: offset, path)
        element.convert(UnsafeRawBufferPointer(bytes.elements), into: scalars)
    }

    private static func bytes(
        _ descriptor: Int32, _ count: Int, at offset: Int, _ path: String
    ) throws(ArchiveError.Reason) -> [UInt8] {
        let buffer = Buffer<UInt8>(zeros: count)
        try read(descriptor, into: UnsafeMutableRawBufferPointer(buffer.elements), at: offset, path)
        return Array(buffer.elements)
    }

    private static func read(
        _ descriptor: Int32, into bytes: UnsafeMutableRawBufferPointer, at offset: Int, _ path: String
    ) throws(ArchiveError.Reason) {
        var done = 0
        while done < bytes.count {
            let count = pread(
                descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, offset + done)
            if count < 0 {
                if errno == EINTR { continue }
                throw .file(FileError(path, "read"))
            }
            // Somebody has shortened it since.
            guard count > 0 else {
                throw .cutOff(bytes: offset + done, needed: offset + bytes.count)
            }
            done += count
        }
    }

    /// Writes a whole file, or leaves the old one as it was; unless `durably` it may be lost with the machine's power.
    ///
    /// - Throws: `ArchiveError` with the path and the system's reason.
    package func write(_ path: String, durably: Bool = true) throws(ArchiveError) {
        precondition(Set(tensors.map(\.name)).count == tensors.count, "a name occurs twice")
        var begin = 0
        let entries = tensors.map { name, tensor in
            defer { begin += tensor.count * MemoryLayout<Float>.size }
            return ArchiveHeader.Entry(
                name: name, type: ElementType.float.rawValue, extents: tensor.shape.extents, begin: begin,
                end: begin + tensor.count * MemoryLayout<Float>.size)
        }
        let header = ArchiveHeader(entries: entries, metadata: metadata).encoded
        let length = (0..<MemoryLayout<UInt64>.size).map {
            UInt8(truncatingIfNeeded: header.count >> (8 * $0))
        }
        let start = Buffer(length + header)
        do throws(FileError) {
            try AtomicFile.write(to: path, durably: durably) { file throws(FileError) in
                try file.append(UnsafeRawBufferPointer(start.elements))
                for (_, tensor) in tensors {
                    try tensor.withUnsafeBufferPointer { scalars throws(FileError) in
                        try file.append(UnsafeRawBufferPointer(scalars))
                    }
                }
            }
        } catch {
            throw ArchiveError(path: path, reason: .file(error))
        }
    }
}
