import FoundationEssentials
import Glibc
import Tensors

/// A folder for snapshots that do not fit into memory. It goes with the session; the next session that needs one cleans
/// up after a process that was killed.
///
/// Whose folder it is says a lock on a file beside it, which the system takes away from a process that is gone.
final class SpillFolder {
    private let path: String
    private let lock: Int32
    private var files = 0

    /// - Throws: `FileError` if there can be no such folder.
    init(in base: String) throws(FileError) {
        do {
            try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
        } catch {
            throw FileError(base, "write")
        }
        Self.removeAbandoned(in: base)
        path = "\(base)/\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        lock = open(path + Self.lockSuffix, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, mkdir(path, 0o700) == 0 else {
            throw FileError(path, "write")
        }
    }

    deinit {
        Self.remove(path)
        close(lock)
    }

    /// A path that no file has had yet.
    func newFile() -> String {
        files += 1
        return "\(path)/\(files).safetensors"
    }

    private static let lockSuffix = ".lock"

    /// Those whose process is gone.
    private static func removeAbandoned(in base: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        where name.hasSuffix(lockSuffix) {
            let descriptor = open("\(base)/\(name)", O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                remove("\(base)/\(name.dropLast(lockSuffix.count))")
            }
            close(descriptor)
        }
    }

    private static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
        unlink(path + lockSuffix)
    }
}
