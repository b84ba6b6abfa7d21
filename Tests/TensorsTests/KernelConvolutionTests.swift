import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

/// Winograd's 2x2 tiles divide by nothing but 4, so that they too give the reference's very numbers.
private let exactTiles = ConvolutionCase.small.map { $0.using(cairn_winograd2) }

/// Every algorithm whose arithmetic is exact on small whole numbers.
private let exactCases =
    ConvolutionCase.general + ConvolutionCase.dilated + ConvolutionCase.grouped + ConvolutionCase.depthwise
    + exactTiles

@Suite("Convolution kernels")
struct KernelConvolutionTests {
    @Test("forward equals the reference, whatever was left in the buffers", arguments: KernelSet.all)
    func forward(set: KernelSet) {
        for test in exactCases {
            var g = test.geometry
            var data = TestData(seed: test.seed)
            let x = Floats(data.integers(test.inputCount), misalignment: test.seed % 4)
            let weight = Floats(data.integers(test.weightCount), misalignment: test.seed % 3)
            let bias = Floats(data.integers(test.filters), misalignment: 1)
            let hasBias = test.seed % 3 != 0, relu = test.seed % 2 == 0
            let packed = Floats(poisoned: cairn_convolution_packed_size(&g), misalignment: test.seed % 2)
            let scratch = Floats(poisoned: cairn_convolution_scratch(&g), misalignment: test.seed % 5)
            let y = Floats(poisoned: test.outputCount, misalignment: test.seed % 7)
            let expected = Floats(poisoned: test.outputCount)

            set.kernels.convolution_pack_forward(&g, weight.pointer, packed.pointer)
            set.kernels.convolution_forward(
                &g, test.images, x.pointer, packed.pointer, hasBias ? bias.pointer : nil, relu, y.pointer,
                scratch.pointer)
            cairn_reference_convolution_forward(
                &g, test.images, x.pointer, weight.pointer, hasBias ? bias.pointer : nil, relu,
                expected.pointer)

            #expect(isSame(y.scalars, expected.scalars), "\(test.summary)")
            #expect(y.isGuardIntact && packed.isGuardIntact && scratch.isGuardIntact, "\(test.summary)")
        }
    }

    @Test(
        "the input gradient equals the reference, whatever was left in the buffers", arguments: KernelSet.all)
    func backwardInput(set: KernelSet) {
        for test in exactCases {
            var g = test.geometry
            var data = TestData(seed: test.seed)
            let dy = Floats(data.integers(test.outputCount), misalignment: test.seed % 4)
            let weight = Floats(data.integers(test.weightCount), misalignment: test.seed % 3)
            let packed = Floats(poisoned: cairn_convolution_packed_size(&g), misalignment: test.seed % 2)
            let scratch = Floats(poisoned: cairn_convolution_scratch(&g), misalignment: test.seed % 5)
            let dx = Floats(poisoned: test.inputCount, misalignment: test.seed % 7)
            let expected = Floats(poisoned: test.inputCount)

            set.kernels.convolution_pack_backward(&g, weight.pointer, packed.pointer)
            set.kernels.convolution_backward_input(
                &g, test.images, dy.pointer, packed.pointer, dx.pointer, scratch.pointer)
            cairn_reference_convolution_backward_input(
                &g, test.images, dy.pointer, weight.pointer, expected.pointer)

            #expect(isSame(dx.scalars, expected.scalars), "\(test.summary)")
            #expect(dx.isGuardIntact && packed.isGuardIntact && scratch.isGuardIntact, "\(test.summary)")
        }
    }

    @Test("weight and bias gradients add what the reference adds", arguments: KernelSet.all)
    func backwardWeight(set: KernelSet) {
        for test in exactCases {
            var g = test.geometry
            var data = TestData(seed: test.seed)
            let x = Floats(data.integers(test.inputCount), misalignment: test.seed % 4)
            let dy = Floats(data.integers(test.outputCount), misalignment: test.seed % 3)
            let before = data.integers(test.weightCount), biasBefore = data.integers(test.filters)
            let dweight = Floats(before, misalignment: test.seed % 7), expected = Floats(before)
            let dbias = Floats(biasBefore, misalignment: test.seed % 2), expectedBias = Floats(biasBefore)
            let hasBias = test.seed % 3 != 0
            let scratch = Floats(poisoned: cairn_convolution_scratch(&g), misalignment: test.seed % 5)

            set.kernels.convolution_backward_weight(
                &g, test.images, x.pointer, dy.pointer, dweight.pointer, hasBias ? dbias.pointer : nil,
                scratch.pointer)
            cairn_reference_convolution_backward_weight(
                &g, test.images, x.pointer, dy.pointer, expected.pointer, hasBias ? expectedBias.pointer : nil
            )

            #expect(isSame(dweight.scalars, expected.scalars), "\(test.summary)")
            #expect(isSame(dbias.scalars, expectedBias.scalars), "\(test.summary)")
            #expect(dweight.isGuardIntact && dbias.isGuardIntact && scratch.isGuardIntact, "\(test.summary)")
        }
    }

    /// What threads rely on: images can be shared out in any way.
    @Test("an image's bits do not depend on which images are computed with it", arguments: KernelSet.all)
    func splitting(set: KernelSet) {
        for stride in [1, 2] as [Int32] {
            var g = cairn_convolution(
                input_height: 6, input_width: 5, input_channels: 7, output_height: (6 - 1) / stride + 1,
                output_width: (5 - 1) / stride + 1, output_channels: 19, kernel_height: 3, kernel_width: 3,
                stride_y: stride, stride_x: stride, dilation_y: 1, dilation_x: 1, pad_top: 1, pad_left: 1,
                groups: 1, algorithm: cairn_direct)
            let test = ConvolutionCase(geometry: g, images: 5, seed: 1)
            var data = TestData(seed: 5)
            let x = Floats(data.reals(test.inputCount)), weight = Floats(data.reals(test.weightCount))
            let dy = Floats(data.reals(test.outputCount)), bias = Floats(data.reals(test.filters))
            let packed = Floats(poisoned: cairn_convolution_packed_size(&g))
            let scratch = Floats(poisoned: cairn_convolution_scratch(&g))
            let whole = Floats(poisoned: test.outputCount), parts = Floats(poisoned: test.outputCount)
            let wholeGradient = Floats(poisoned: test.inputCount),
                partGradient = Floats(poisoned: test.inputCount)
            let inputs = test.inputCount / 5, outputs = test.outputCount / 5

            set.kernels.convolution_pack_forward(&g, weight.pointer, packed.pointer)
            set.kernels.convolution_forward(
                &g, 5, x.pointer, packed.pointer, bias.pointer, true, whole.pointer, scratch.pointer)
            for (first, count) in [(0, 1), (1, 3), (4, 1)] {
                set.kernels.convolution_forward(
                    &g, count, x.pointer + first * inputs, packed.pointer, bias.pointer, true,
                    parts.pointer + first * outputs, scratch.pointer)
            }
            #expect(whole.scalars == parts.scalars)

            set.kernels.convolution_pack_backward(&g, weight.pointer, packed.pointer)
            set.kernels.convolution_backward_input(
                &g, 5, dy.pointer, packed.pointer, wholeGradient.pointer, scratch.pointer)
            for (first, count) in [(0, 2), (2, 1), (3, 2)] {
                set.kernels.convolution_backward_input(
                    &g, count, dy.pointer + first * outputs, packed.pointer,
                    partGradient.pointer + first * inputs, scratch.pointer)
            }
            #expect(wholeGradient.scalars == partGradient.scalars)
        }
    }

    /// A sum of n products in floats, in whatever order, is off by at most about n * 2^-24 of the sum of their
    /// magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, 3.1). Errors being random, sqrt(n) in the
    /// place of n is still generous by far.
    @Test("rounding stays within the bound of a float sum", arguments: KernelSet.all)
    func rounding(set: KernelSet) {
        var g = cairn_convolution(
            input_height: 6, input_width: 6, input_channels: 32, output_height: 6, output_width: 6,
            output_channels: 18, kernel_height: 3, kernel_width: 3, stride_y: 1, stride_x: 1, dilation_y: 1,
            dilation_x: 1, pad_top: 1,
            pad_left: 1, groups: 1, algorithm: cairn_direct)
        let test = ConvolutionCase(geometry: g, images: 2, seed: 2)
        var data = TestData(seed: 6)
        let x = Floats(data.reals(test.inputCount)), weight = Floats(data.reals(test.weightCount))
        let magnitudeX = Floats(x.scalars.map(abs)), magnitudeWeight = Floats(weight.scalars.map(abs))
        let packed = Floats(poisoned: cairn_convolution_packed_size(&g))
        let scratch = Floats(poisoned: cairn_convolution_scratch(&g))
        let y = Floats(poisoned: test.outputCount), expected = Floats(poisoned: test.outputCount)
        let magnitude = Floats(poisoned: test.outputCount)

        set.kernels.convolution_pack_forward(&g, weight.pointer, packed.pointer)
        set.kernels.convolution_forward(
            &g, 2, x.pointer, packed.pointer, nil, false, y.pointer, scratch.pointer)
        cairn_reference_convolution_forward(&g, 2, x.pointer, weight.pointer, nil, false, expected.pointer)
        cairn_reference_convolution_forward(
            &g, 2, magnitudeX.pointer, magnitudeWeight.pointer, nil, false, magnitude.pointer)
        let bound = Float(9 * 32).squareRoot() * 0x1p-24
        for index in 0..<test.outputCount {
            #expect(abs(y.pointer[index] - expected.pointer[index]) <= bound * magnitude.pointer[index])
        }
    }

    @Test("NaN and infinity reach every output that reads them, through relu", arguments: KernelSet.all)
    func nonfinite(set: KernelSet) {
        var g = cairn_convolution(
            input_height: 5, input_width: 5, input_channels: 3, output_height: 5, output_width: 5,
            output_channels: 17, kernel_height: 3, kernel_width: 3, stride_y: 1, stride_x: 1, dilation_y: 1,
            dilation_x: 1, pad_top: 1,
            pad_left: 1, groups: 1, algorithm: cairn_direct)
        let test = ConvolutionCase(geometry: g, images: 2, seed: 3)
        for bad in [Float.nan, .infinity] {
            var data = TestData(seed: 7)
            var scalars = data.integers(test.inputCount)
            scalars[7] = bad
            scalars[test.inputCount - 1] = bad
            let x = Floats(scalars), weight = Floats(data.integers(test.weightCount).map { abs($0) + 1 })
            let packed = Floats(poisoned: cairn_convolution_packed_size(&g))
            let scratch = Floats(poisoned: cairn_convolution_scratch(&g))
            let y = Floats(poisoned: test.outputCount), expected = Floats(poisoned: test.outputCount)
            let dy = Floats(data.integers(test.outputCount).map { abs($0) + 1 })
            let dweight = Floats([Float](repeating: 0, count: test.weightCount))
            let expectedGradient = Floats([Float](repeating: 0, count: test.weightCount))

            set.kernels.convolution_pack_forward(&g, weight.pointer, packed.pointer)
            set.kernels.convolution_forward(
                &g, 2, x.pointer, packed.pointer, nil, true, y.pointer, scratch.pointer)
            cairn_reference_convolution_forward(&g, 2, x.pointer, weight.pointer, nil, true, expected.pointer)
            #expect(isSame(y.scalars, expected.scalars))
            #expect(y.scalars.contains { !$0.isFinite } && y.scalars.contains { $0.isFinite })

            set.kernels.convolution_backward_weight(
                &g, 2, x.pointer, dy.pointer, dweight.pointer, nil, scratch.pointer)
            cairn_reference_convolution_backward_weight(
                &g, 2, x.pointer, dy.pointer, expectedGradient.pointer, nil)
            #expect(isSame(dweight.scalars, expectedGradient.scalars))
        }
    }

    @Test("the public functions are those of the chosen set")
    func dispatch() {
        var test = ConvolutionCase.general[65]
        var data = TestData(seed: 8)
        let x = Floats(data.integers(test.inputCount)), weight = Floats(data.integers(test.weightCount))
        let packed = Floats(poisoned: cairn_convolution_packed_size(&test.geometry))
        let scratch = Floats(poisoned: cairn_convolution_scratch(&test.geometry))
        let y = Floats(poisoned: test.outputCount), expected = Floats(poisoned: test.outputCount)
        #expect(KernelSet.all.map(\.name).contains(KernelSet(index: cairn_instruction_set_selected()).name))
        #expect(KernelSet.all.last?.name == "baseline")
        cairn_convolution_pack_forward(&test.geometry, weight.pointer, packed.pointer)
        cairn_convolution_forward(
            &test.geometry, test.images, x.pointer, packed.pointer, nil, false, y.pointer, scratch.pointer)
        cairn_reference_convolution_forward(
            &test.geometry, test.images, x.pointer, weight.pointer, nil, false, expected.pointer)
        #expect(test.outputCount > 0 && isSame(y.scalars, expected.scalars))
    }
}
