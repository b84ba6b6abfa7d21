import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

/// Even and odd sizes down to none of a window, channels around every vector width, and every dropout whose scale is a
/// power of two, so that all arithmetic is exact.
private struct RectifiedPoolingCase {
    var geometry: cairn_rectified_pooling
    var images: Int
    var seed: Int

    static let all: [RectifiedPoolingCase] = {
        let sizes: [(Int32, Int32)] = [
            (2, 2), (4, 6), (1, 1), (5, 4), (2, 7), (3, 3), (8, 8), (1, 6), (6, 131),
        ]
        let channels: [Int32] = [16, 1, 32, 3, 17, 8, 5, 33, 64, 10, 4]
        return sizes.indices.flatMap { size in
            channels.indices.map { turn in
                RectifiedPoolingCase(
                    geometry: cairn_rectified_pooling(
                        height: sizes[size].0, width: sizes[size].1, channels: channels[turn],
                        dropout: [0, 0.5, 0.75, 1][(turn + size) % 4]),
                    images: (turn + size) % 3 + 1, seed: size * channels.count + turn)
            }
        }
    }()

    var channels: Int { Int(geometry.channels) }
    var inputCount: Int { images * Int(geometry.height * geometry.width) * channels }
    var outputCount: Int { images * Int((geometry.height / 2) * (geometry.width / 2)) * channels }
}

@Suite("Rectified pooling kernels")
struct KernelRectifiedPoolingTests {
    @Test(
        "forward equals batch norm's map, relu, pooling and dropout one after the other, with ties and NaN",
        arguments: KernelSet.all)
    func forward(set: KernelSet) {
        for test in RectifiedPoolingCase.all {
            var g = test.geometry, data = TestData(seed: test.seed)
            let special: [Float] = [.nan, -.infinity, .infinity, -0.0]
            let x = Floats(
                data.integers(test.inputCount, upTo: 12).map { $0 > 8 ? special[Int($0) - 9] : $0 },
                misalignment: test.seed % 3)
            let scale = Floats(data.integers(test.channels).map { $0 == 0 ? 1 : $0 }, misalignment: 1)
            let shift = Floats(data.integers(test.channels))
            let hasMap = test.seed % 2 == 0, first = 0xffff_ff00 as UInt64
            let scalePointer = hasMap ? scale.pointer : nil, shiftPointer = hasMap ? shift.pointer : nil
            let y = Floats(poisoned: test.outputCount, misalignment: test.seed % 5)
            let evaluated = Floats(poisoned: test.outputCount), expected = Floats(poisoned: test.outputCount)
            var winner = [UInt8](repeating: 200, count: test.outputCount + 1), expectedWinner = winner

            set.kernels.rectified_pooling_forward(
                &g, test.images, x.pointer, scalePointer, shiftPointer, 7, first, y.pointer, &winner)
            set.kernels.rectified_pooling_forward(
                &g, test.images, x.pointer, scalePointer, shiftPointer, 7, first, evaluated.pointer, nil)
            cairn_reference_rectified_pooling_forward(
                &g, test.images, x.pointer, scalePointer, shiftPointer, 7, first, expected.pointer,
                &expectedWinner)

            #expect(isSame(y.scalars, expected.scalars), "\(test)")
            #expect(isSame(evaluated.scalars, expected.scalars), "\(test) without winners")
            #expect(winner == expectedWinner, "\(test)")
            #expect(y.isGuardIntact, "\(test)")
        }
    }

    @Test("backward, alone and with batch norm's, equals the reference", arguments: KernelSet.all)
    func backward(set: KernelSet) {
        for test in RectifiedPoolingCase.all {
            var g = test.geometry, data = TestData(seed: test.seed)
            let x = Floats(data.integers(test.inputCount), misalignment: test.seed % 3)
            let dy = Floats(data.integers(test.outputCount), misalignment: test.seed % 4)
            let y = Floats(poisoned: test.outputCount)
            let a = Floats(data.integers(test.channels)), b = Floats(data.integers(test.channels))
            let d = Floats(data.integers(test.channels))
            var winner = [UInt8](repeating: 200, count: test.outputCount + 1)
            cairn_reference_rectified_pooling_forward(
                &g, test.images, x.pointer, nil, nil, 7, 0, y.pointer, &winner)
            let dx = Floats(poisoned: test.inputCount, misalignment: test.seed % 5)
            let expected = Floats(poisoned: test.inputCount)

            set.kernels.rectified_pooling_backward(&g, test.images, dy.pointer, winner, dx.pointer)
            cairn_reference_rectified_pooling_backward(&g, test.images, dy.pointer, winner, expected.pointer)
            #expect(isSame(dx.scalars, expected.scalars) && dx.isGuardIntact, "\(test)")

            var sum = [Double](repeating: 2, count: test.channels), product = sum
            var expectedSum = sum, expectedProduct = sum
            set.kernels.rectified_pooling_gradient_sums(
                &g, test.images, x.pointer, dy.pointer, winner, a.pointer, &sum, &product)
            cairn_reference_rectified_pooling_gradient_sums(
                &g, test.images, x.pointer, dy.pointer, winner, a.pointer, &expectedSum, &expectedProduct)
            #expect(sum == expectedSum && product == expectedProduct, "\(test)")

            dx.poison()
            set.kernels.rectified_pooling_affine2(
                &g, test.images, dy.pointer, winner, x.pointer, a.pointer, b.pointer, d.pointer, dx.pointer)
            cairn_reference_rectified_pooling_affine2(
                &g, test.images, dy.pointer, winner, x.pointer, a.pointer, b.pointer, d.pointer,
                expected.pointer)
            set.kernels.rectified_pooling_affine2(
                &g, test.images, dy.pointer, winner, x.pointer, a.pointer, b.pointer, d.pointer, x.pointer)
            #expect(isSame(dx.scalars, expected.scalars) && dx.isGuardIntact, "\(test) with batch norm's")
            #expect(isSame(x.scalars, expected.scalars) && x.isGuardIntact, "\(test) in place")
        }
    }
}
