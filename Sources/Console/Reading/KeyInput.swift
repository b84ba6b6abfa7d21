import Glibc

/// Bytes from the terminal as characters, with escape sequences that nothing is bound to left out: otherwise F5 would
/// type `~`.
struct KeyInput {
    private let descriptor: Int32
    /// The sequences that keys are bound to.
    private let known: Set<[UInt8]>
    private var bytes: [UInt8] = []

    init(descriptor: Int32, known: some Sequence<String>) {
        self.descriptor = descriptor
        self.known = Set(known.map { Array($0.utf8) })
    }

    /// Forgets what was typed ahead.
    mutating func clear() { bytes = [] }

    /// Takes what can be read now.
    ///
    /// - Returns: False at the end of the input.
    mutating func fill() -> Bool {
        var chunk: [UInt8] = Array(repeating: 0, count: 4096)
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 { bytes += chunk.prefix(count) }
        return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN))
    }

    /// The next character, or nil if more bytes are needed; bytes that are not UTF-8 are left out.
    mutating func next() -> Unicode.Scalar? {
        dropUnknownSequence()
        while let first = bytes.first {
            let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let isLead = first < 0x80 || (0xC2...0xF4).contains(first)
            if isLead, bytes.count < count, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) { return nil }
            if isLead, let text = String(validating: bytes.prefix(count), as: UTF8.self),
                let scalar = text.unicodeScalars.first
            {
                bytes.removeFirst(count)
                return scalar
            }
            bytes.removeFirst()
        }
        return nil
    }

    /// Removes a control sequence (ECMA-48, 5.4) at the front that has arrived whole and is not known.
    private mutating func dropUnknownSequence() {
        while bytes.count > 2, bytes[0] == 0x1B, bytes[1] == UInt8(ascii: "[") {
            guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
                return
            }
            // The Linux console's F1 to F5 are ESC [ [ A ... E.
            let last = bytes[end] == UInt8(ascii: "[") && end == 2 ? min(3, bytes.count - 1) : end
            if known.contains(Array(bytes[...last])) { return }
            bytes.removeSubrange(...last)
        }
    }
}
