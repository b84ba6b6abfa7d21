import FoundationEssentials
import Glibc

/// A file with one JSON object in each line, `{"entry":"train 5"}`, that several Cairns may write at once.
///
/// History is a comfort: a file that cannot be read or written is done without, and a line that is damaged is skipped.
package struct HistoryFile: Sendable {
    package let path: String
    /// How many entries are kept; the file is cut to the newest when it has twice as many.
    package var capacity = 1000

    private struct Line: Codable { var entry: String }

    package init(path: String, capacity: Int = 1000) {
        self.path = path
        self.capacity = capacity
    }

    /// `$XDG_STATE_HOME/cairn/history`, or `~/.local/state/cairn/history`; nil without a home.
    package init?(environment: [String: String]) {
        // The specification says to ignore a relative path.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            self.init(path: state + "/cairn/history")
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            self.init(path: home + "/.local/state/cairn/history")
        } else {
            return nil
        }
    }

    /// The newest entries, oldest first.
    package func load() -> [String] {
        let entries = read()
        if entries.count > 2 * capacity { trim() }
        return Array(entries.suffix(capacity))
    }

    /// Adds an entry at the end, in one write.
    package func append(_ entry: String) {
        makeFolder()
        withLock { descriptor in
            var bytes = Array(HistoryFile.encode(entry).utf8)
            // After a line that was cut off, ours must not be part of it.
            var status = stat()
            var last: UInt8 = 0
            if fstat(descriptor, &status) == 0, status.st_size > 0,
                pread(descriptor, &last, 1, status.st_size - 1) == 1, last != UInt8(ascii: "\n")
            {
                bytes.insert(UInt8(ascii: "\n"), at: 0)
            }
            _ = write(descriptor, bytes, bytes.count)
        }
    }

    private func read() -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        guard let text = try? readToEnd(of: descriptor) else { return [] }
        return text.split(separator: "\n").compactMap { HistoryFile.decode($0) }
    }

    private static func encode(_ entry: String) -> String {
        let data = (try? JSONEncoder().encode(Line(entry: entry))) ?? Data()
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private static func decode(_ line: Substring) -> String? {
        try? JSONDecoder().decode(Line.self, from: Data(line.utf8)).entry
    }

    /// Replaces the file by one with the newest entries.
    private func trim() {
        withLock { _ in
            let text = read().suffix(capacity).map(HistoryFile.encode).joined()
            let temporary = path + ".\(getpid())"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return }
            let bytes = Array(text.utf8)
            let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
            close(descriptor)
            if !isWritten || rename(temporary, path) != 0 { unlink(temporary) }
        }
    }

    /// Runs with the file open for appending and locked against other Cairns; not at all if that cannot be.
    private func withLock(_ body: (Int32) -> Void) {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX) == 0 else { return }
            // While we waited, another may have put a new file in its place.
            var (ours, current) = (stat(), stat())
            guard fstat(descriptor, &ours) == 0, stat(path, &current) == 0 else { return }
            if ours.st_ino != current.st_ino || ours.st_dev != current.st_dev { continue }
            body(descriptor)
            return
        }
    }

    private func makeFolder() {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
    }
}
