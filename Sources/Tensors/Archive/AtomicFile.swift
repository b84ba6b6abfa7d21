import Glibc

/// A new file that takes the place of an old one only when it is complete.
///
/// The bytes go to a temporary file in the same folder, which is renamed when they are on the disk. If anything
/// fails, the temporary file is removed and the old file is as it was.
package struct AtomicFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// Calls `body` to write the file's bytes.
    ///
    /// What is not written `durably` is complete for every program, but may be lost with the machine's power.
    /// A symbolic link stays one: the file it points to is replaced. An existing file keeps its permissions.
    ///
    /// - Throws: `FileError` of the system, or what `body` throws.
    package static func write(
        to path: String, durably: Bool = true, _ body: (borrowing AtomicFile) throws(FileError) -> Void
    ) throws(FileError) {
        let target = resolved(path)
        let permissions = try permissions(of: target, path)
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "./"
        let temporary = "\(folder).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(path, "write") }
        do throws(FileError) {
            let file = AtomicFile(path: path, descriptor: descriptor)
            try body(file)
            if let permissions { fchmod(descriptor, permissions) }
            guard !durably || fsync(descriptor) == 0, rename(temporary, target) == 0 else {
                throw FileError(path, "write")
            }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        if durably { synchronize(folder: folder) }
    }

    /// Appends bytes.
    package borrowing func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path, "write")
            }
            written += count
        }
    }

    /// Appends bytes.
    package borrowing func append(_ bytes: [UInt8]) throws(FileError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in
            try append(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Where the bytes are in the end, through symbolic links; the path itself if there is no file yet.
    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// Those of the file to be replaced, or nil if there is none.
    private static func permissions(of target: String, _ path: String) throws(FileError) -> mode_t? {
        var status = stat()
        guard stat(target, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(path: path, kind: .notAFile) }
        // A rename would replace it nevertheless; but somebody protected it.
        guard access(target, W_OK) == 0 else { throw FileError(path, "write") }
        return status.st_mode & 0o7777
    }

    /// Puts the new name on the disk too. Some file systems cannot; then there is nothing to do.
    private static func synchronize(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
