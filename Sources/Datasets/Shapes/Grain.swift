import Tensors

/// Nearly normal noise for a row of pixels: each number is a sum of eight random bytes (Irwin and Hall, 1927), in whole
/// numbers, which is fast and the same on every machine.
struct Grain: ~Copyable {
    private let scale: Float
    private let bits: UnsafeMutableBufferPointer<UInt64>
    private var random: RandomStream

    /// The standard deviation of a sum of eight bytes: `sqrt(8 (256² - 1) / 12)`.
    private static let unit: Float = 209.0203
    /// The mean of that sum.
    private static let mean: Int32 = 1020

    /// For rows of `count` numbers.
    init(deviation: Float, count: Int, _ random: RandomStream) {
        scale = deviation / Self.unit
        bits = .allocate(capacity: count)
        bits.initialize(repeating: 0)
        self.random = random
    }

    deinit { bits.deallocate() }

    /// Goes on to the next row. Before the first all numbers are undefined.
    mutating func renew() { random.fill(bits) }

    subscript(_ index: Int) -> Float {
        let bits = bits[index]
        // In each 16 bits the sum of two bytes, then in the uppermost the sum of them all.
        let pairs = (bits & 0x00ff_00ff_00ff_00ff) + (bits >> 8 & 0x00ff_00ff_00ff_00ff)
        let sum = Int32(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
        return Float(sum - Self.mean) * scale
    }
}
