import Tensors

/// A message of Protocol Buffers, which ONNX files are made of: fields in a row, each with its number.
///
/// The few rules that are needed of https://protobuf.dev/programming-guides/encoding, written here because the library
/// for them, swift-protobuf, brings the C++ compiler of the description language along: eight minutes of a test build.
struct ProtobufMessage {
    /// Tensors stay as they lie in memory, because they may be large.
    enum Part {
        case bytes([UInt8])
        case tensor(Tensor)
    }

    private(set) var parts: [Part] = []
    /// In bytes.
    private(set) var count = 0

    /// How a field's value is to be read.
    private enum Kind: Int {
        /// Seven bits a byte, the lowest first; the eighth says whether more follow.
        case integer = 0
        /// Such an integer, then as many bytes: a text, a message, a list.
        case bytes = 2
        /// Four bytes.
        case float = 5
    }

    mutating func add(_ field: Int, _ integer: Int) {
        append(Self.tag(field, .integer) + Self.bytes(integer))
    }

    mutating func add(_ field: Int, _ number: Float) {
        append(Self.tag(field, .float) + withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init))
    }

    mutating func add(_ field: Int, _ text: String) { add(field, bytes: Array(text.utf8)) }

    mutating func add(_ field: Int, _ integers: [Int]) { add(field, bytes: integers.flatMap(Self.bytes)) }

    mutating func add(_ field: Int, bytes: [UInt8]) {
        append(Self.tag(field, .bytes) + Self.bytes(bytes.count) + bytes)
    }

    mutating func add(_ field: Int, _ message: ProtobufMessage) {
        append(Self.tag(field, .bytes) + Self.bytes(message.count))
        for part in message.parts { append(part) }
    }

    /// The scalars, 32-bit floats one after the other.
    mutating func add(_ field: Int, _ tensor: Tensor) {
        append(Self.tag(field, .bytes) + Self.bytes(tensor.count * MemoryLayout<Float>.size))
        append(.tensor(tensor))
    }

    private mutating func append(_ part: Part) {
        switch part {
        case .bytes(let bytes): append(bytes)
        case .tensor(let tensor):
            parts.append(part)
            count += tensor.count * MemoryLayout<Float>.size
        }
    }

    private mutating func append(_ bytes: [UInt8]) {
        count += bytes.count
        if let last = parts.indices.last, case .bytes(var before) = parts[last] {
            // Taken out, so that it is ours alone and grows in place.
            parts[last] = .bytes([])
            before += bytes
            parts[last] = .bytes(before)
        } else {
            parts.append(.bytes(bytes))
        }
    }

    private static func tag(_ field: Int, _ kind: Kind) -> [UInt8] { bytes(field << 3 | kind.rawValue) }

    /// A negative one takes ten bytes.
    private static func bytes(_ integer: Int) -> [UInt8] {
        var rest = UInt64(bitPattern: Int64(integer))
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
