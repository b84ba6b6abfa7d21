import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

@Suite("Depthwise convolution kernels")
struct KernelDepthwiseTests {
    /// The convolutions of every kind, with as many filters as channels, and rows long enough for several pixels at
    /// once between the borders.
    private static let cases: [ConvolutionCase] =
        (ConvolutionCase.general.filter { $0.images < 4 }
        + [(1, 3, 1), (2, 3, 1), (1, 5, 2), (1, 7, 3), (3, 4, 0)].map { stride, kernel, pad in
            ConvolutionCase(
                geometry: cairn_convolution(
                    input_height: 6, input_width: 29, input_channels: 20,
                    output_height: (6 + 2 * pad - kernel) / stride + 1,
                    output_width: (29 + 2 * pad - kernel) / stride + 1, output_channels: 20,
                    kernel_height: kernel, kernel_width: kernel, stride_y: stride, stride_x: stride,
                    pad_top: pad, pad_left: pad, algorithm: cairn_direct),
                images: 2, seed: Int(kernel))
        }).map { test in
            var test = test
            test.geometry.output_channels = test.geometry.input_channels
            return test
        }

    @Test("forward equals the reference", arguments: KernelSet.all)
    func forward(set: KernelSet) {
        for test in Self.cases {
            var g = test.geometry, data = TestData(seed: test.seed)
            let x = Floats(data.integers(test.inputCount), misalignment: test.seed % 4)
            let weight = Floats(data.integers(test.weightCount / test.filters), misalignment: test.seed % 3)
            let bias = Floats(data.integers(test.filters), misalignment: 1)
            let hasBias = test.seed % 3 != 0, relu = test.seed % 2 == 0
            let y = Floats(poisoned: test.outputCount, misalignment: test.seed % 7)
            let expected = Floats(poisoned: test.outputCount)
            set.kernels.depthwise_forward(
                &g, test.images, x.pointer, weight.pointer, hasBias ? bias.pointer : nil, relu, y.pointer)
            cairn_reference_depthwise_forward(
                &g, test.images, x.pointer, weight.pointer, hasBias ? bias.pointer : nil, relu,
                expected.pointer)
            #expect(isSame(y.scalars, expected.scalars) && y.isGuardIntact, "\(test.summary)")
        }
    }

    @Test("gradients equal the reference; the weights' are added", arguments: KernelSet.all)
    func backward(set: KernelSet) {
        for test in Self.cases {
            var g = test.geometry, data = TestData(seed: test.seed)
            let x = Floats(data.integers(test.inputCount), misalignment: test.seed % 4)
            let dy = Floats(data.integers(test.outputCount), misalignment: test.seed % 5)
            let weight = Floats(data.integers(test.weightCount / test.filters), misalignment: test.seed % 3)
            let dx = Floats(poisoned: test.inputCount, misalignment: test.seed % 7)
            let expected = Floats(poisoned: test.inputCount)
            set.kernels.depthwise_backward_input(&g, test.images, dy.pointer, weight.pointer, dx.pointer)
            cairn_reference_depthwise_backward_input(
                &g, test.images, dy.pointer, weight.pointer, expected.pointer)
            #expect(isSame(dx.scalars, expected.scalars) && dx.isGuardIntact, "\(test.summary)")

            let dweight = Floats(weight.scalars), expectedWeight = Floats(weight.scalars)
            let before = data.integers(test.filters), hasBias = test.seed % 3 != 0
            let dbias = Floats(before), expectedBias = Floats(before)
            set.kernels.depthwise_backward_weight(
                &g, test.images, x.pointer, dy.pointer, dweight.pointer, hasBias ? dbias.pointer : nil)
            cairn_reference_depthwise_backward_weight(
                &g, test.images, x.pointer, dy.pointer, expectedWeight.pointer,
                hasBias ? expectedBias.pointer : nil)
            #expect(isSame(dweight.scalars, expectedWeight.scalars), "\(test.summary)")
            #expect(isSame(dbias.scalars, expectedBias.scalars), "\(test.summary)")
            #expect(dweight.isGuardIntact && dbias.isGuardIntact, "\(test.summary)")
        }
    }
}
