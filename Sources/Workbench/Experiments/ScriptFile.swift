import CommandLanguage
import Glibc
import Lessons

extension Session {
    /// No script is longer; what is, is something else.
    private static let longestScript = 64 << 20

    /// The sources in a script: a Markdown file has one for each of its cells.
    ///
    /// - Throws: `ExperimentRefusal.unreadableScript` or `.noCells`.
    func sources(inScript path: String) throws(ExperimentRefusal) -> [Source] {
        let text = try text(ofScript: path)
        let isMarkdown = [".md", ".markdown"].contains { path.lowercased().hasSuffix($0) }
        var sources =
            isMarkdown ? Source.cells(ofMarkdown: text, name: path) : [Source(name: path, text: text)]
        for index in sources.indices { sources[index].isIncluded = true }
        guard !sources.isEmpty else { throw .noCells(path) }
        return sources
    }

    private func text(ofScript path: String) throws(ExperimentRefusal) -> String {
        // Without waiting for somebody to write into a pipe.
        let descriptor = open(expand(path), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableScript(path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadableScript(path, reason: "it is not a file")
        }
        guard status.st_size <= Self.longestScript else {
            throw .unreadableScript(path, reason: "it is longer than \(Self.longestScript >> 20) MiB")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                throw .unreadableScript(
                    path, reason: count < 0 ? String(cString: strerror(errno)) : "it is cut off")
            }
            filled += count
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Shows all errors of a script but the last, which is thrown.
    func fail(with diagnostics: [Diagnostic]) throws -> Never {
        for diagnostic in diagnostics.dropLast() { show(diagnostic.rendered) }
        throw diagnostics[diagnostics.count - 1]
    }
}
