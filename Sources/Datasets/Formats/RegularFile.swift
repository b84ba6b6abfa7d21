import Glibc

/// An open, regular file that is not empty; closed when it is let go of.
struct RegularFile: ~Copyable {
    let file: DataFile
    let descriptor: Int32
    /// In bytes.
    let size: Int

    /// - Throws: `DatasetError` if there is no such readable, regular file, or if it is empty.
    init(_ file: DataFile) throws(DatasetError) {
        // Not blocking: a named pipe must be refused, not waited for.
        let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw DatasetError(.system(errno, package: file.installedBy), file: file)
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
        self.file = file
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The next bytes, as many as there are and fit; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        while true {
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if got >= 0 { return got }
            guard errno == EINTR else { throw DatasetError(.system(errno), file: file) }
        }
    }

    /// Reads the file into `bytes`, which grows as it must, and returns how many there are.
    ///
    /// - Throws: `DatasetError`, also if there are more than `most`.
    func readAll(into bytes: inout [UInt8], most: Int) throws(DatasetError) -> Int {
        guard size <= most else { throw DatasetError(.tooLarge(bytes: size, most: most), file: file) }
        bytes.grow(to: size)
        return try bytes.withUnsafeMutableBufferPointer { (room) throws(DatasetError) in
            var filled = 0
            while filled < size {
                let rest = UnsafeMutableBufferPointer(rebasing: room[filled..<size])
                let got = try read(into: UnsafeMutableRawBufferPointer(rest))
                if got == 0 { break }
                filled += got
            }
            return filled
        }
    }
}

extension DatasetError.Reason {
    /// What the system's error number says.
    static func system(_ number: Int32, package: String? = nil) -> DatasetError.Reason {
        number == ENOENT ? .missing(package: package) : .unreadable(String(cString: strerror(number)))
    }
}
