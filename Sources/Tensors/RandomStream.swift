import Glibc

/// A named source of random numbers: its n-th number depends only on the key and n.
///
/// Counter-based (SplitMix64 of key and counter; Steele, Lea & Flood, 2014), so its whole state is two integers
/// that a checkpoint keeps, and work can be shared out over threads without changing a bit.
package struct RandomStream: Hashable, Sendable, RandomNumberGenerator {
    package let key: UInt64
    /// How many numbers have been taken.
    package private(set) var counter: UInt64

    package init(key: UInt64, counter: UInt64 = 0) {
        self.key = key
        self.counter = counter
    }

    /// The stream called `name` of a seed: "init", "shuffle", "augment", "dropout", "split".
    package init(seed: UInt64, name: String) {
        self.init(key: Self.mix(seed &+ Self.mix(Self.hash(name))))
    }

    /// A stream of its own for part of the work, such as one image of one epoch.
    package func derived(_ part: UInt64) -> RandomStream {
        RandomStream(key: Self.mix(key ^ Self.mix(part &+ 0x9e37_79b9_7f4a_7c15)))
    }

    /// A stream of its own for the part called `name`, such as one parameter: parts added later move no other.
    package func derived(_ name: String) -> RandomStream { derived(Self.hash(name)) }

    /// 64 random bits.
    package mutating func next() -> UInt64 {
        counter &+= 1
        return Self.mix(key &+ counter &* 0x9e37_79b9_7f4a_7c15)
    }

    /// Fills `numbers` with what `next` would give: for many at once, because a call for each is slower.
    package mutating func fill(_ numbers: UnsafeMutableBufferPointer<UInt64>) {
        for index in numbers.indices { numbers[index] = next() }
    }

    /// Uniform in `0..<1`, 24 bits.
    package mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    package mutating func uniform(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// Uniform in `0..<bound` (Lemire, 2019, without rejection: the bias is below `bound` / 2^64).
    package mutating func uniform(below bound: Int) -> Int {
        precondition(bound > 0, "a bound of at least 1, not \(bound)")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Normal with mean 0 and standard deviation 1 (Box & Muller, 1958); takes two numbers of the stream.
    package mutating func normal() -> Float {
        // In 0 < u <= 1, so that the logarithm is finite; 53 bits reach 8.5 standard deviations.
        let u = Double((next() >> 11) + 1) * 0x1p-53
        let angle = Double(next() >> 11) * 0x1p-53 * 2 * Double.pi
        return Float((-2 * log(u)).squareRoot() * cos(angle))
    }

    /// The numbers `0..<count` in random order (Fisher & Yates; Durstenfeld, 1964).
    package mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, uniform(below: last + 1))
        }
        return order
    }

    /// A tensor of normal numbers with mean 0 and the given standard deviation.
    package mutating func normal(_ shape: Shape, deviation: Float) -> Tensor {
        var tensor = Tensor(zeros: shape)
        tensor.withUnsafeMutableBufferPointer { scalars in
            for index in scalars.indices { scalars[index] = deviation * normal() }
        }
        return tensor
    }

    /// A tensor of uniform numbers between `-bound` and `bound`.
    package mutating func uniform(_ shape: Shape, bound: Float) -> Tensor {
        var tensor = Tensor(zeros: shape)
        tensor.withUnsafeMutableBufferPointer { scalars in
            for index in scalars.indices { scalars[index] = uniform(in: -bound...bound) }
        }
        return tensor
    }

    /// FNV-1a.
    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
