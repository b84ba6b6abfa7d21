import Glibc

/// A folder of a test's own, which goes with it.
package final class ScratchFolder {
    package let path: String

    package init() throws {
        var template = Array("/tmp/cairn-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TerminalProcess.Failure.noFolder }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { remove(path) }

    private func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
        }
        Glibc.remove(path)
    }
}
