import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

/// Windows of 1 to 3 by 1 to 3, strides that overlap, tile and leave gaps, paddings and output sizes that reach
/// beyond the image, with sizes and channels taken in turn.
private let cases: [(geometry: cairn_pooling, images: Int)] = {
    let channels: [Int32] = [1, 3, 16, 5, 32, 8, 17, 33, 64, 31]
    let sizes: [(Int32, Int32)] = [(4, 4), (1, 1), (5, 7), (6, 3), (2, 8)]
    let paddings: [(Int32, Int32)] = [(0, 0), (1, 0), (1, 1), (4, 2)]
    var cases: [(cairn_pooling, Int)] = []
    for kernel in [(1, 1), (2, 2), (3, 3), (3, 1), (2, 3), (4, 4)] as [(Int32, Int32)] {
        for stride in [(1, 1), (2, 2), (3, 3), (2, 1)] as [(Int32, Int32)] {
            for pad in paddings {
                let turn = cases.count
                let size = sizes[turn % sizes.count]
                let surplus = Int32(turn % 3 - 1)
                cases.append(
                    (
                        cairn_pooling(
                            input_height: size.0, input_width: size.1,
                            channels: channels[turn % channels.count],
                            output_height: max(1, (size.0 + 2 * pad.0 - kernel.0) / stride.0 + 1 + surplus),
                            output_width: max(1, (size.1 + 2 * pad.1 - kernel.1) / stride.1 + 1 + surplus),
                            kernel_height: kernel.0, kernel_width: kernel.1, stride_y: stride.0,
                            stride_x: stride.1,
                            pad_top: pad.0, pad_left: pad.1, leaves_out_padding: turn % 4 > 1),
                        turn % 4
                    ))
            }
        }
    }
    return cases
}()

private func inputCount(_ g: cairn_pooling, _ images: Int) -> Int {
    images * Int(g.input_height * g.input_width * g.channels)
}

private func outputCount(_ g: cairn_pooling, _ images: Int) -> Int {
    images * Int(g.output_height * g.output_width * g.channels)
}

@Suite("Pooling kernels")
struct KernelPoolingTests {
    @Test("maximum and winner equal the reference, with ties, NaN and infinities", arguments: KernelSet.all)
    func maximumForward(set: KernelSet) {
        for (index, (geometry, images)) in cases.enumerated() {
            var g = geometry
            var data = TestData(seed: index)
            let special: [Float] = [.nan, -.infinity, .infinity, -.infinity]
            let x = Floats(
                data.integers(inputCount(g, images), upTo: 12).map { $0 > 8 ? special[Int($0) - 9] : $0 },
                misalignment: index % 3)
            let count = outputCount(g, images)
            let y = Floats(poisoned: count, misalignment: index % 5), expected = Floats(poisoned: count)
            let evaluated = Floats(poisoned: count)
            var winner = [UInt8](repeating: 200, count: count + 1), expectedWinner = winner

            set.kernels.maxpool_forward(&g, images, x.pointer, y.pointer, &winner)
            set.kernels.maxpool_forward(&g, images, x.pointer, evaluated.pointer, nil)
            cairn_reference_maxpool_forward(&g, images, x.pointer, expected.pointer, &expectedWinner)

            #expect(isSame(y.scalars, expected.scalars), "case \(index)")
            #expect(isSame(evaluated.scalars, expected.scalars), "case \(index), without winner")
            #expect(winner == expectedWinner, "case \(index)")
            #expect(y.isGuardIntact, "case \(index)")
        }
    }

    @Test("the gradient of the maximum equals the reference", arguments: KernelSet.all)
    func maximumBackward(set: KernelSet) {
        for (index, (geometry, images)) in cases.enumerated() {
            var g = geometry
            var data = TestData(seed: index)
            let x = Floats(data.integers(inputCount(g, images)))
            let dy = Floats(data.integers(outputCount(g, images)), misalignment: index % 3)
            let y = Floats(poisoned: outputCount(g, images))
            var winner = [UInt8](repeating: 200, count: outputCount(g, images))
            cairn_reference_maxpool_forward(&g, images, x.pointer, y.pointer, &winner)
            let dx = Floats(poisoned: inputCount(g, images), misalignment: index % 5)
            let expected = Floats(poisoned: inputCount(g, images))

            set.kernels.maxpool_backward(&g, images, dy.pointer, winner, dx.pointer)
            cairn_reference_maxpool_backward(&g, images, dy.pointer, winner, expected.pointer)

            #expect(isSame(dx.scalars, expected.scalars), "case \(index)")
            #expect(dx.isGuardIntact, "case \(index)")
        }
    }

    @Test("average and its gradient equal the reference", arguments: KernelSet.all)
    func average(set: KernelSet) {
        for (index, (geometry, images)) in cases.enumerated() {
            var g = geometry
            var data = TestData(seed: index)
            let x = Floats(data.integers(inputCount(g, images)), misalignment: index % 3)
            let y = Floats(poisoned: outputCount(g, images), misalignment: index % 5)
            let expected = Floats(poisoned: outputCount(g, images))
            set.kernels.avgpool_forward(&g, images, x.pointer, y.pointer)
            cairn_reference_avgpool_forward(&g, images, x.pointer, expected.pointer)
            #expect(isSame(y.scalars, expected.scalars), "case \(index)")

            // Multiples of all divisors, so that sums of shares stay exact.
            let dy = Floats(data.integers(outputCount(g, images)).map { $0 * 144 }, misalignment: index % 2)
            let dx = Floats(poisoned: inputCount(g, images), misalignment: index % 7)
            let expectedGradient = Floats(poisoned: inputCount(g, images))
            set.kernels.avgpool_backward(&g, images, dy.pointer, dx.pointer)
            cairn_reference_avgpool_backward(&g, images, dy.pointer, expectedGradient.pointer)
            #expect(isSame(dx.scalars, expectedGradient.scalars), "case \(index)")
            #expect(y.isGuardIntact && dx.isGuardIntact, "case \(index)")
        }
    }

    @Test("the maximum of whole images and its gradient equal the reference", arguments: KernelSet.all)
    func globalMaximum(set: KernelSet) {
        for (index, (pixels, channels)) in [(1, 1), (9, 3), (300, 16), (4, 17), (7, 33), (64, 5)].enumerated()
        {
            let images = index % 4
            let (inputs, outputs) = (images * pixels * channels, images * channels)
            var data = TestData(seed: index)
            let x = Floats(data.integers(inputs, upTo: 9).map { $0 > 8 ? .nan : $0 }, misalignment: index % 3)
            let y = Floats(poisoned: outputs, misalignment: index % 5), expected = Floats(poisoned: outputs)
            var winner = [Int32](repeating: -1, count: outputs + 1), expectedWinner = winner
            set.kernels.global_maxpool_forward(images, pixels, channels, x.pointer, y.pointer, &winner)
            cairn_reference_global_maxpool_forward(
                images, pixels, channels, x.pointer, expected.pointer, &expectedWinner)
            #expect(isSame(y.scalars, expected.scalars) && y.isGuardIntact, "case \(index)")
            #expect(winner == expectedWinner, "case \(index)")

            let dy = Floats(data.integers(outputs)), dx = Floats(poisoned: inputs, misalignment: index % 2)
            let expectedGradient = Floats(poisoned: inputs)
            set.kernels.global_maxpool_backward(images, pixels, channels, dy.pointer, winner, dx.pointer)
            cairn_reference_global_maxpool_backward(
                images, pixels, channels, dy.pointer, winner, expectedGradient.pointer)
            #expect(isSame(dx.scalars, expectedGradient.scalars) && dx.isGuardIntact, "case \(index)")
        }
    }
}
