/// How the numbers of a tensor lie in a file: the types of number that 32-bit floats can stand for.
///
/// Reading rounds `F64` to the nearest 32-bit float, infinity beyond the largest; the other types lose nothing.
enum ElementType: String, CaseIterable {
    case double = "F64"
    case float = "F32"
    case half = "F16"
    /// The upper half of a 32-bit float.
    case brain = "BF16"

    /// Of one number, in bytes.
    var size: Int {
        switch self {
        case .double: 8
        case .float: 4
        case .half, .brain: 2
        }
    }

    /// Fills `scalars` from little-endian bytes, `size` for each.
    func convert(_ bytes: UnsafeRawBufferPointer, into scalars: UnsafeMutableBufferPointer<Float>) {
        precondition(bytes.count == scalars.count * size, "\(size) bytes for each number")
        func element<Bits: FixedWidthInteger & BitwiseCopyable>(_ index: Int, _: Bits.Type) -> Bits {
            Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: Bits.self))
        }
        for index in scalars.indices {
            scalars[index] =
                switch self {
                case .double: Float(Double(bitPattern: element(index, UInt64.self)))
                case .float: Float(bitPattern: element(index, UInt32.self))
                case .half: Float(Float16(bitPattern: element(index, UInt16.self)))
                case .brain: Float(bitPattern: UInt32(element(index, UInt16.self)) << 16)
                }
        }
    }
}
