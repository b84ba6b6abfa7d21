/// A number that stands for bits: equal bits give equal ones, and others hardly ever do. (FNV-1a, by 32-bit words)
package struct Fingerprint: Hashable, Sendable {
    package private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    package mutating func add(_ word: UInt32) { hash = (hash ^ UInt64(word)) &* 0x100_0000_01B3 }

    /// The bits of all scalars.
    package mutating func add(_ tensor: Tensor) {
        tensor.withUnsafeBufferPointer { scalars in
            for scalar in scalars { add(scalar.bitPattern) }
        }
    }
}

extension Fingerprint: CustomStringConvertible {
    /// Sixteen hexadecimal digits.
    package var description: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
