/// A named source of random numbers: its n-th number depends only on the key and n.
///
/// Counter-based (SplitMix64 of key and counter; Steele, Lea & Flood, 2014), so its whole state is two integers
/// that a checkpoint keeps, and work can be shared out over threads without changing a bit.
package struct RandomStream: Hashable, Sendable, RandomNumberGenerator {
    package let key: UInt64
    package private(set) var counter: UInt64

    package init(key: UInt64, counter: UInt64 = 0) {
        self.key = key
        self.counter = counter
    }

    /// The stream called `name` of a seed: "init", "shuffle", "augment", "dropout", "split".
    package init(seed: UInt64, name: String) {
        // FNV-1a of the name, so that adding a stream moves no other.
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        self.init(key: Self.mix(seed &+ Self.mix(hash)))
    }

    /// A stream of its own for part of the work, such as one image of one epoch.
    package func derived(_ part: UInt64) -> RandomStream {
        RandomStream(key: Self.mix(key ^ Self.mix(part &+ 0x9e37_79b9_7f4a_7c15)))
    }

    package mutating func next() -> UInt64 {
        counter &+= 1
        return Self.mix(key &+ counter &* 0x9e37_79b9_7f4a_7c15)
    }

    /// Uniform in `0..<1`, 24 bits.
    package mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    package mutating func uniform(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
