/// A file of tensors that is not what it should be.
package struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Error, Hashable {
        case file(FileError)
        /// Larger than any archive is allowed to be.
        case tooLarge(bytes: Int, limit: Int)
        /// Fewer bytes than its own beginning announces.
        case cutOff(bytes: Int, needed: Int)
        /// It begins as a zip file does: PyTorch's own format.
        case zip
        /// The first eight bytes announce a header no archive has.
        case headerSize(UInt64)
        /// The header is not the JSON it should be, at this byte of it.
        case header(String, offset: Int)
        case duplicate(name: String)
        /// The bytes a tensor is said to have are not those of its shape.
        case size(name: String, shape: String, bytes: Int)
        /// A tensor's bytes do not follow the one's before it.
        case gap(name: String, at: Int, expected: Int)
        /// Bytes after the last tensor.
        case trailing(bytes: Int)
    }

    package let path: String
    package let reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    package var description: String {
        if case .file(let error) = reason { return error.description }
        return "\(path) is no safetensors file that can be read: \(explanation)"
    }

    /// What to do about it, if there is something.
    package var hint: String? {
        guard reason == .zip else { return nil }
        return "save it in Python with `safetensors.torch.save_file(model.state_dict(), path)`"
    }

    private var explanation: String {
        switch reason {
        case .file(let error): error.description
        case .tooLarge(let bytes, let limit): "it has \(bytes) bytes, more than \(limit)"
        case .cutOff(let bytes, let needed): "it is cut off: \(bytes) bytes instead of \(needed)"
        case .zip: "it is a zip file, as PyTorch's `torch.save` writes"
        case .headerSize(let size): "its header is said to have \(size) bytes"
        case .header(let fault, let offset): "its header has \(fault) at byte \(offset)"
        case .duplicate(let name): "it holds `\(name)` twice"
        case .size(let name, let shape, let bytes):
            "`\(name)` of shape [\(shape)] is said to have \(bytes) bytes"
        case .gap(let name, let at, let expected): "`\(name)` begins at byte \(at) instead of \(expected)"
        case .trailing(let bytes): "\(bytes) bytes follow the last tensor"
        }
    }
}
