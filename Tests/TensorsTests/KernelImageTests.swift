import CKernels
import CKernels.Reference
import CKernels.Sets
import Glibc
import Testing

/// Bytes for a kernel to read or write, with guards as `Floats` has them.
private final class Bytes {
    private var storage: [UInt8]
    private static let guards = [UInt8](repeating: 0xa5, count: 16)

    init(_ bytes: [UInt8]) { storage = Self.guards + bytes + Self.guards }

    convenience init(poisoned count: Int) { self.init([UInt8](repeating: 0xee, count: count)) }

    func withPointer<R>(_ body: (UnsafeMutablePointer<UInt8>) throws -> R) throws -> R {
        try storage.withUnsafeMutableBufferPointer { try body(try #require($0.baseAddress) + 16) }
    }

    var bytes: [UInt8] { Array(storage.dropFirst(16).dropLast(16)) }
    var isGuardIntact: Bool { storage.prefix(16) + storage.suffix(16) == Self.guards + Self.guards }
}

/// Whether no number is farther off than so much; NaN is always too far.
private func isClose(_ a: Floats, _ b: Floats, _ tolerance: Float) -> Bool {
    a.count == b.count && zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= tolerance }
}

/// Image sizes and channels: one pixel, narrow, odd, wider than a vector.
private let shapes = [
    (1, 1, 1), (1, 1, 3), (1, 5, 3), (4, 1, 2), (5, 7, 1), (6, 5, 3), (3, 4, 5), (9, 20, 3), (12, 17, 1),
]

@Suite("Image kernels")
struct KernelImageTests {
    private struct Map: Sendable {
        let name: String
        let numbers: [Float]

        static let all: [Map] = [
            .init(name: "identity", numbers: [1, 0, 0, 0, 1, 0]),
            .init(name: "mirror", numbers: [-1, 0, 3, 0, 1, 0]),
            .init(name: "part of a pixel", numbers: [1, 0, 0.3, 0, 1, -0.8]),
            .init(name: "turn", numbers: [0.83147, -0.55557, 1.37213, 0.55557, 0.83147, -0.71371]),
            .init(name: "smaller", numbers: [2.31733, 0, -1.61237, 0.10391, 1.92753, -2.20519]),
            .init(name: "larger", numbers: [0.31137, 0.02379, 0.90537, -0.07137, 0.29373, 0.40737]),
            .init(name: "degenerate", numbers: [0, 0, 0.4, 0, 0, 0.6]),
        ]
    }

    @Test("affine maps equal the reference", arguments: KernelSet.all)
    func warp(set: KernelSet) throws {
        for (height, width, channels) in shapes {
            var data = TestData(seed: height * 100 + width)
            let x = Floats(data.reals(height * width * channels)), fill = Floats(data.reals(channels))
            let mask = Bytes((0..<height * width).map { _ in UInt8(data.next() % 7) })
            for map in Map.all {
                let y = Floats(poisoned: x.count, misalignment: width % 4),
                    expected = Floats(poisoned: x.count)
                set.kernels.warp(
                    height, width, channels, x.pointer, map.numbers, nil, fill.pointer, y.pointer)
                cairn_reference_warp(
                    height, width, channels, x.pointer, map.numbers, nil, fill.pointer, expected.pointer)
                #expect(isClose(y, expected, 2e-5), "\(map.name), \(height)x\(width)x\(channels)")
                if map.name == "identity" { #expect(y.scalars == x.scalars) }
                #expect(y.isGuardIntact)

                let bounds = [Float(width - 1) / 3, Float(width - 1), 0, Float(height - 1) / 2]
                set.kernels.warp(
                    height, width, channels, x.pointer, map.numbers, bounds, fill.pointer, y.pointer)
                cairn_reference_warp(
                    height, width, channels, x.pointer, map.numbers, bounds, fill.pointer, expected.pointer)
                #expect(isClose(y, expected, 2e-5), "\(map.name) bounded, \(height)x\(width)x\(channels)")

                let (moved, wanted) = (Bytes(poisoned: height * width), Bytes(poisoned: height * width))
                try mask.withPointer { mask in
                    try moved.withPointer { set.kernels.warp_mask(height, width, mask, map.numbers, $0) }
                    try wanted.withPointer { cairn_reference_warp_mask(height, width, mask, map.numbers, $0) }
                }
                let isSame = moved.bytes == wanted.bytes
                #expect(isSame && moved.isGuardIntact, "\(map.name), \(height)x\(width)")
            }
        }
    }

    @Test("maps that lead beyond the image, or nowhere, find the fill", arguments: KernelSet.all)
    func warpBeyond(set: KernelSet) throws {
        let (x, fill) = (Floats([Float](repeating: 1, count: 24)), Floats([5, 6]))
        let mask = Bytes([UInt8](repeating: 3, count: 12))
        for map in [
            [1, 0, 1e30, 0, 1, -1e30], [1, 0, -5, 0, 1, 0], [1, 0, 0, 0, 1, 3],
            [.infinity, 0, 0, 0, .nan, 0],
        ] as [[Float]] {
            let y = Floats(poisoned: 24)
            set.kernels.warp(3, 4, 2, x.pointer, map, nil, fill.pointer, y.pointer)
            #expect(y.scalars.indices.allSatisfy { y.scalars[$0] == fill.scalars[$0 % 2] }, "\(map)")
            let moved = Bytes(poisoned: 12)
            try mask.withPointer { mask in
                try moved.withPointer { set.kernels.warp_mask(3, 4, mask, map, $0) }
            }
            #expect(moved.bytes.allSatisfy { $0 == 0 }, "\(map)")
        }
    }

    @Test("blur equals the reference, also where it is wider than the image", arguments: KernelSet.all)
    func blur(set: KernelSet) {
        for (height, width, channels) in shapes {
            for taps in [1, 3, 5, 11, 43] {
                var data = TestData(seed: height * 100 + width)
                let x = Floats(data.reals(height * width * channels))
                let kernel = (0..<taps).map { exp(-pow(Float($0 - taps / 2) / 2, 2)) / 4 }
                let y = Floats(poisoned: x.count, misalignment: 1), expected = Floats(poisoned: x.count)
                let scratch = Floats(poisoned: (width + taps) * channels)
                set.kernels.blur(
                    height, width, channels, taps, kernel, x.pointer, y.pointer, scratch.pointer)
                cairn_reference_blur(height, width, channels, taps, kernel, x.pointer, expected.pointer)
                #expect(isClose(y, expected, 1e-5), "\(height)x\(width)x\(channels), \(taps) taps")
                #expect(y.isGuardIntact && scratch.isGuardIntact)
            }
        }
    }
}

@Suite("Colour kernels")
struct KernelColorTests {
    private static let counts = Array(0...40) + [63, 64, 65, 127, 128, 200]

    /// Pixels in 0...1, greys, black, white and pure colours among them.
    private func colors(_ pixels: Int) -> [Float] {
        var data = TestData(seed: pixels)
        return (0..<pixels).flatMap { pixel -> [Float] in
            switch pixel % 8 {
            case 0: [0, 0, 0]
            case 1: [1, 1, 1]
            case 2: [0.5, 0.5, 0.5]
            case 3: [0, 1, 1]
            case 4: [1, 0, 0.25]
            default: data.reals(3).map(abs)
            }
        }
    }

    @Test("blending, saturation and hue equal the reference and stay in 0...1", arguments: KernelSet.all)
    func colors(set: KernelSet) {
        for count in Self.counts {
            for number in [0, 0.3, 1, 1.7] as [Float] {
                let x = Floats(colors(count), misalignment: count % 3)
                func expectSame(_ what: String, _ body: (Floats) -> Void, _ reference: (Floats) -> Void) {
                    let (actual, expected) = (Floats(x.scalars, misalignment: 2), Floats(x.scalars))
                    body(actual)
                    reference(expected)
                    #expect(isClose(actual, expected, 4e-6), "\(what) \(number) of \(count)")
                    #expect(actual.scalars.allSatisfy { (-1e-6...1.000001).contains($0) })
                    #expect(actual.isGuardIntact)
                }
                expectSame("blend") {
                    set.kernels.blend(3 * count, number, 0.4, $0.pointer)
                } _: {
                    cairn_reference_blend(3 * count, number, 0.4, $0.pointer)
                }
                expectSame("saturate") {
                    set.kernels.color_saturate(count, number, $0.pointer)
                } _: {
                    cairn_reference_color_saturate(count, number, $0.pointer)
                }
                expectSame("turn") {
                    set.kernels.color_turn_hue(count, number / 1.7 - 0.5, $0.pointer)
                } _: {
                    cairn_reference_color_turn_hue(count, number / 1.7 - 0.5, $0.pointer)
                }
            }
        }
    }

    @Test("sums equal the reference", arguments: KernelSet.all)
    func sums(set: KernelSet) {
        for count in Self.counts {
            let x = Floats(colors(count), misalignment: count % 3)
            let bound = 1e-6 * Double(3 * count)
            #expect(
                abs(set.kernels.sum(3 * count, x.pointer) - cairn_reference_sum(3 * count, x.pointer))
                    <= bound)
            #expect(
                abs(
                    set.kernels.color_grey_sum(count, x.pointer)
                        - cairn_reference_color_grey_sum(count, x.pointer)) <= bound)
        }
    }

    @Test("normal numbers equal the reference", arguments: KernelSet.all)
    func normal(set: KernelSet) {
        for count in Self.counts {
            let y = Floats(poisoned: count, misalignment: count % 4), expected = Floats(poisoned: count)
            set.kernels.normal(count, UInt64(count) &* 0x1234_5678_9abc_def1, y.pointer)
            cairn_reference_normal(count, UInt64(count) &* 0x1234_5678_9abc_def1, expected.pointer)
            #expect(isClose(y, expected, 1e-5) && y.isGuardIntact, "\(count)")
        }
    }

    /// Five standard deviations of each estimate: one chance in a million.
    @Test("normal numbers have the moments of the normal distribution")
    func moments() {
        let count = 1 << 16
        let y = Floats(poisoned: count)
        for key in [0, 1, 2, .max] as [UInt64] {
            cairn_normal(count, key, y.pointer)
            let numbers = y.scalars.map(Double.init)
            func mean(_ power: Double) -> Double { numbers.reduce(0) { $0 + pow($1, power) } / Double(count) }
            let root = Double(count).squareRoot()
            #expect(abs(mean(1)) < 5 / root)
            #expect(abs(mean(2) - 1) < 5 * 2.0.squareRoot() / root)
            #expect(abs(mean(4) - 3) < 5 * 96.0.squareRoot() / root)
            #expect(numbers.count { abs($0) > 4 } < 20)
        }
    }
}
