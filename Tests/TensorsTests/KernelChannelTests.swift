import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

/// Rows around the kernels' blocks and folds, and channels around every vector width, up to some that are too wide
/// to fold.
private let shapes: [(rows: Int, channels: Int)] =
    [0, 1, 2, 3, 5, 15, 63, 64, 65, 200].flatMap { rows in
        [1, 2, 3, 4, 5, 7, 8, 10, 15, 16, 17, 31, 32, 33, 48, 64, 65].map { (rows, $0) }
    } + [(300, 1), (700, 1), (3, 1023), (70, 1024), (9, 1025), (2, 2500)]

/// Whole numbers: sums are exact in any order, and must be the reference's very numbers.
private struct ChannelData {
    let rows: Int, channels: Int
    let x: Floats, dy: Floats, y: Floats
    let a: Floats, b: Floats, d: Floats

    init(_ rows: Int, _ channels: Int) {
        self.rows = rows
        self.channels = channels
        var data = TestData(seed: rows * 4096 + channels)
        x = Floats(data.integers(rows * channels), misalignment: rows % 3)
        dy = Floats(data.integers(rows * channels), misalignment: rows % 4)
        y = Floats(poisoned: rows * channels, misalignment: rows % 5)
        a = Floats(data.integers(channels))
        b = Floats(data.integers(channels))
        d = Floats(data.integers(channels))
    }

    /// The reference's result beside a fresh array for it.
    func expected(_ compute: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
        let result = Floats(poisoned: rows * channels)
        compute(result.pointer)
        return result.scalars
    }
}

@Suite("Per-channel kernels")
struct KernelChannelTests {
    @Test("affine maps equal the reference, in place too", arguments: KernelSet.all)
    func affine(set: KernelSet) {
        for (rows, channels) in shapes {
            let t = ChannelData(rows, channels)
            let expected = t.expected {
                cairn_reference_channel_affine(rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, $0)
            }
            let expected2 = t.expected {
                cairn_reference_channel_affine2(
                    rows, channels, t.dy.pointer, t.x.pointer, t.a.pointer, t.b.pointer, t.d.pointer, $0)
            }
            set.kernels.channel_affine(rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, t.y.pointer)
            #expect(isSame(t.y.scalars, expected), "\(rows)x\(channels)")
            t.y.poison()
            set.kernels.channel_affine2(
                rows, channels, t.dy.pointer, t.x.pointer, t.a.pointer, t.b.pointer, t.d.pointer, t.y.pointer)
            #expect(isSame(t.y.scalars, expected2), "\(rows)x\(channels)")

            set.kernels.channel_affine2(
                rows, channels, t.dy.pointer, t.x.pointer, t.a.pointer, t.b.pointer, t.d.pointer, t.dy.pointer
            )
            #expect(isSame(t.dy.scalars, expected2), "\(rows)x\(channels) in place")
            set.kernels.channel_affine(rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, t.x.pointer)
            #expect(isSame(t.x.scalars, expected), "\(rows)x\(channels) in place")
            #expect(t.x.isGuardIntact && t.y.isGuardIntact && t.dy.isGuardIntact, "\(rows)x\(channels)")
        }
    }

    @Test("affine maps fused with relu equal the reference, in place too", arguments: KernelSet.all)
    func affineReLU(set: KernelSet) {
        for (rows, channels) in shapes {
            let t = ChannelData(rows, channels)
            var data = TestData(seed: rows + channels)
            let other = Floats(data.integers(rows * channels), misalignment: rows % 2)
            if rows > 1 { t.x.pointer[rows * channels / 2] = .nan }
            let expected = t.expected {
                cairn_reference_channel_affine_relu(rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, $0)
            }
            let expectedSum = t.expected {
                cairn_reference_channel_affine_add_relu(
                    rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, other.pointer, $0)
            }
            let expected2 = t.expected {
                cairn_reference_channel_affine2_relu(
                    rows, channels, t.dy.pointer, other.pointer, t.x.pointer, t.a.pointer, t.b.pointer,
                    t.d.pointer, $0)
            }
            set.kernels.channel_affine_relu(
                rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, t.y.pointer)
            #expect(isSame(t.y.scalars, expected), "\(rows)x\(channels)")
            t.y.poison()
            set.kernels.channel_affine_add_relu(
                rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, other.pointer, t.y.pointer)
            #expect(isSame(t.y.scalars, expectedSum), "\(rows)x\(channels) with another")
            t.y.poison()
            set.kernels.channel_affine2_relu(
                rows, channels, t.dy.pointer, other.pointer, t.x.pointer, t.a.pointer, t.b.pointer,
                t.d.pointer, t.y.pointer)
            #expect(isSame(t.y.scalars, expected2), "\(rows)x\(channels) backward")

            set.kernels.channel_affine2_relu(
                rows, channels, t.dy.pointer, other.pointer, t.x.pointer, t.a.pointer, t.b.pointer,
                t.d.pointer, t.dy.pointer)
            set.kernels.channel_affine_add_relu(
                rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, other.pointer, other.pointer)
            set.kernels.channel_affine_relu(
                rows, channels, t.x.pointer, t.a.pointer, t.b.pointer, t.x.pointer)
            #expect(isSame(t.dy.scalars, expected2), "\(rows)x\(channels) in place")
            #expect(isSame(other.scalars, expectedSum), "\(rows)x\(channels) in place")
            #expect(isSame(t.x.scalars, expected), "\(rows)x\(channels) in place")
            for buffer in [t.x, t.y, t.dy, other] { #expect(buffer.isGuardIntact, "\(rows)x\(channels)") }
        }
    }

    @Test("adding a bias equals the reference, and NaN passes relu", arguments: KernelSet.all, [false, true])
    func addBias(set: KernelSet, relu: Bool) {
        for (rows, channels) in shapes {
            let t = ChannelData(rows, channels)
            if rows > 1 { t.x.pointer[rows * channels / 2] = .nan }
            let expected = Floats(t.x.scalars)
            cairn_reference_channel_add_bias(rows, channels, expected.pointer, t.a.pointer, relu)
            set.kernels.channel_add_bias(rows, channels, t.x.pointer, t.a.pointer, relu)
            #expect(isSame(t.x.scalars, expected.scalars), "\(rows)x\(channels)")
            #expect(t.x.isGuardIntact, "\(rows)x\(channels)")
        }
    }

    @Test("sums add what the reference adds", arguments: KernelSet.all)
    func sums(set: KernelSet) {
        for (rows, channels) in shapes {
            let t = ChannelData(rows, channels)
            var sum = [Double](repeating: 2, count: channels),
                product = [Double](repeating: 3, count: channels)
            var expectedSum = sum, expectedProduct = product
            set.kernels.channel_moments(rows, channels, t.x.pointer, t.a.pointer, &sum, &product)
            cairn_reference_channel_moments(
                rows, channels, t.x.pointer, t.a.pointer, &expectedSum, &expectedProduct)
            #expect(sum == expectedSum && product == expectedProduct, "\(rows)x\(channels)")

            set.kernels.channel_gradient_sums(
                rows, channels, t.x.pointer, t.dy.pointer, t.a.pointer, &sum, &product)
            cairn_reference_channel_gradient_sums(
                rows, channels, t.x.pointer, t.dy.pointer, t.a.pointer, &expectedSum, &expectedProduct)
            #expect(sum == expectedSum && product == expectedProduct, "\(rows)x\(channels)")

            let y = Floats((0..<rows * channels).map { Float($0 % 3) - 1 })
            set.kernels.channel_gradient_sums_relu(
                rows, channels, t.x.pointer, y.pointer, t.dy.pointer, t.a.pointer, &sum, &product)
            cairn_reference_channel_gradient_sums_relu(
                rows, channels, t.x.pointer, y.pointer, t.dy.pointer, t.a.pointer, &expectedSum,
                &expectedProduct)
            #expect(sum == expectedSum && product == expectedProduct, "\(rows)x\(channels) before relu")

            let total = Floats([Float](repeating: 4, count: channels)), expected = Floats(total.scalars)
            set.kernels.channel_sums(rows, channels, t.x.pointer, total.pointer)
            cairn_reference_channel_sums(rows, channels, t.x.pointer, expected.pointer)
            #expect(total.scalars == expected.scalars && total.isGuardIntact, "\(rows)x\(channels)")
        }
    }

    /// Floats are summed in blocks of 64 rows, which rounds by at most 64 * 2^-24 = 4e-6 of the magnitudes and by a
    /// tenth of that as a rule; blocks are summed in double, so that it does not grow with the number of rows.
    @Test("moments stay accurate over many rows far from zero", arguments: KernelSet.all)
    func accuracy(set: KernelSet) {
        let rows = 20_011, channels = 64
        var data = TestData(seed: 9)
        let x = Floats(data.reals(rows * channels).map { 1000 + $0 })
        let center = Floats((0..<channels).map { 999.7 + Float($0) / 100 })
        var sum = [Double](repeating: 0, count: channels), square = sum
        var expectedSum = sum, expectedSquare = sum
        set.kernels.channel_moments(rows, channels, x.pointer, center.pointer, &sum, &square)
        cairn_reference_channel_moments(
            rows, channels, x.pointer, center.pointer, &expectedSum, &expectedSquare)
        for c in 0..<channels {
            #expect(abs(sum[c] - expectedSum[c]) < 1e-9 * expectedSum[c])
            #expect(abs(square[c] - expectedSquare[c]) < 1e-6 * expectedSquare[c])
        }
    }

    @Test("bytes become the reference's floats", arguments: KernelSet.all)
    func bytes(set: KernelSet) {
        for (rows, channels) in shapes {
            let t = ChannelData(rows, channels)
            var data = TestData(seed: rows)
            let bytes = (0..<max(1, rows * channels)).map { _ in UInt8(data.next() % 256) }
            set.kernels.bytes_to_floats(rows, channels, bytes, t.a.pointer, t.b.pointer, t.y.pointer)
            let expected = t.expected {
                cairn_reference_bytes_to_floats(rows, channels, bytes, t.a.pointer, t.b.pointer, $0)
            }
            #expect(isSame(t.y.scalars, expected) && t.y.isGuardIntact, "\(rows)x\(channels)")
        }
    }
}
