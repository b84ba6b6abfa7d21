import Glibc

/// A file that the system does not let us read or write.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// The system's `errno` while trying to `read` or `write`.
        case system(action: String, code: Int32)
        /// A folder, a device, a pipe.
        case notAFile
    }

    package let path: String
    package let kind: Kind

    package init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// What `errno` says now.
    package init(_ path: String, _ action: String) {
        self.init(path: path, kind: .system(action: action, code: errno))
    }

    package var description: String {
        switch kind {
        case .system(let action, let code):
            "cannot \(action) \(path): \(String(cString: strerror(code)).lowercased())"
        case .notAFile: "\(path) is not a file"
        }
    }
}
