import CKernels
import CKernels.Sets
import Testing

/// One instruction set that this machine has.
struct KernelSet: CustomTestStringConvertible, Sendable {
    let index: Int32

    static let all = (0..<cairn_instruction_set_count()).map(KernelSet.init)

    var kernels: cairn_kernels { cairn_instruction_set_kernels(index).pointee }
    var name: String { String(cString: cairn_instruction_set_name(index)) }
    var testDescription: String { name }
}

/// Floats for a kernel to read or write: at any distance from an aligned address, and between guards that show
/// whether the kernel wrote beyond its end.
final class Floats {
    let count: Int
    let pointer: UnsafeMutablePointer<Float>
    private let allocation: UnsafeMutablePointer<Float>
    private static let guardCount = 32
    private static let guardValue: Float = -12_345.5

    private init(count: Int, misalignment: Int) {
        self.count = count
        let total = count + misalignment + 2 * Self.guardCount
        allocation = UnsafeMutableRawPointer.allocate(byteCount: total * 4, alignment: 64)
            .bindMemory(to: Float.self, capacity: total)
        allocation.initialize(repeating: Self.guardValue, count: total)
        pointer = allocation + Self.guardCount + misalignment
    }

    /// Holds `scalars`.
    convenience init(_ scalars: [Float], misalignment: Int = 0) {
        self.init(count: scalars.count, misalignment: misalignment)
        for (index, scalar) in scalars.enumerated() { pointer[index] = scalar }
    }

    /// Holds only NaN: what was left there must not matter.
    convenience init(poisoned count: Int, misalignment: Int = 0) {
        self.init(count: count, misalignment: misalignment)
        poison()
    }

    deinit { allocation.deallocate() }

    func poison() { pointer.update(repeating: .nan, count: count) }

    var scalars: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

    var isGuardIntact: Bool {
        let before = allocation, after = pointer + count
        return (0..<Self.guardCount).allSatisfy {
            before[$0] == Self.guardValue && after[$0] == Self.guardValue
        }
    }
}

/// Test data that depends on nothing but the seed.
struct TestData {
    private var state: UInt64

    init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 | 1 }

    mutating func next() -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(truncatingIfNeeded: state >> 33)
    }

    /// Small whole numbers. Every sum and product of them that occurs in a test is exact in a float, so that a
    /// kernel must give the reference's very number however it orders and fuses its arithmetic.
    mutating func integers(_ count: Int, upTo limit: Int = 3) -> [Float] {
        (0..<count).map { _ in Float(next() % (2 * limit + 1) - limit) }
    }

    /// Uniform in -1..<1, with all bits of a float in use.
    mutating func reals(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float(next() % 0x100_0000) * 0x1p-23 - 1 }
    }
}

/// Whether two arrays are the same number for number; all NaN count as the same, and so do both zeros.
func isSame(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}
