import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

/// A convolution to try, with weights and data of its own.
struct ConvolutionCase {
    var geometry: cairn_convolution
    var images: Int
    var seed: Int

    var inputCount: Int {
        images * Int(geometry.input_height * geometry.input_width * geometry.input_channels)
    }
    var outputCount: Int {
        images * Int(geometry.output_height * geometry.output_width * geometry.output_channels)
    }
    var weightCount: Int {
        Int(
            geometry.kernel_height * geometry.kernel_width * geometry.input_channels / geometry.groups
                * geometry.output_channels)
    }
    var filters: Int { Int(geometry.output_channels) }

    /// What a failing test shows.
    var summary: String {
        let g = geometry
        return "\(images)x\(g.input_height)x\(g.input_width)x\(g.input_channels) -> "
            + "\(g.output_height)x\(g.output_width)x\(g.output_channels), kernel \(g.kernel_height)x\(g.kernel_width), "
            + "stride \(g.stride_y)x\(g.stride_x), dilation \(g.dilation_y)x\(g.dilation_x), pad \(g.pad_top)x\(g.pad_left), "
            + "groups \(g.groups), algorithm \(g.algorithm.rawValue)"
    }

    func using(_ algorithm: cairn_algorithm) -> ConvolutionCase {
        var copy = self
        copy.geometry.algorithm = algorithm
        return copy
    }
}

extension ConvolutionCase {
    /// All kernels from 1 to 7, strides from 1 to 3 and paddings up to beyond the kernel, with sizes, channels,
    /// numbers of images and a last row and column more or less than the formula's taken in turn.
    static let general: [ConvolutionCase] = {
        let channels: [(Int32, Int32)] = [
            (1, 1), (3, 5), (1, 33), (2, 16), (5, 3), (16, 8), (17, 17), (4, 31), (8, 32), (3, 48), (33, 2),
            (10, 10),
        ]
        let sizes: [(Int32, Int32)] = [(1, 1), (5, 4), (2, 7), (8, 8), (6, 1), (7, 5), (4, 9)]
        let kernels: [(Int32, Int32)] = [
            (1, 1), (2, 2), (3, 3), (5, 5), (7, 7), (1, 3), (3, 2), (5, 1), (2, 7),
        ]
        var cases: [ConvolutionCase] = []
        for (kernelHeight, kernelWidth) in kernels {
            for (strideY, strideX) in [(1, 1), (2, 2), (3, 3), (1, 2), (3, 1)] as [(Int32, Int32)] {
                for pad in [0, 1, kernelHeight / 2, kernelHeight + 1] {
                    let turn = cases.count
                    let (height, width) = sizes[turn % sizes.count]
                    let (inputs, outputs) = channels[turn % channels.count]
                    let padLeft = turn % 5 == 0 ? 0 : pad
                    let surplus = Int32(turn % 3 - 1)
                    func extent(_ size: Int32, _ pad: Int32, _ kernel: Int32, _ stride: Int32) -> Int32 {
                        max(1, (size + 2 * pad - kernel) / stride + 1 + surplus)
                    }
                    let geometry = cairn_convolution(
                        input_height: height, input_width: width, input_channels: inputs,
                        output_height: extent(height, pad, kernelHeight, strideY),
                        output_width: extent(width, padLeft, kernelWidth, strideX), output_channels: outputs,
                        kernel_height: kernelHeight, kernel_width: kernelWidth,
                        stride_y: strideY, stride_x: strideX, dilation_y: 1, dilation_x: 1, pad_top: pad,
                        pad_left: padLeft,
                        groups: 1, algorithm: cairn_direct)
                    cases.append(ConvolutionCase(geometry: geometry, images: turn % 4, seed: turn))
                }
            }
        }
        return cases + manyImages
    }()

    /// Small images in such numbers that they are swept in several groups, the last of them smaller.
    private static let manyImages: [ConvolutionCase] = [(2, 1, 1, 300), (4, 5, 1, 70), (4, 3, 2, 200)].map {
        size, channels, stride, images in
        ConvolutionCase(
            geometry: cairn_convolution(
                input_height: size, input_width: size, input_channels: channels,
                output_height: size / stride, output_width: size / stride, output_channels: 3,
                kernel_height: 3,
                kernel_width: 3, stride_y: stride, stride_x: stride, dilation_y: 1, dilation_x: 1, pad_top: 1,
                pad_left: 1,
                groups: 1, algorithm: cairn_direct),
            images: images, seed: images)
    }

    /// 3x3 kernels with stride 1: sizes around the tiles', paddings from none to beyond the kernel, channels around
    /// every vector width, so many small images that tiles come in several groups, and so many channels that the sums of
    /// their weights' gradients come in several blocks.
    static let small: [ConvolutionCase] = {
        let channels: [(Int32, Int32)] = [
            (1, 1), (3, 5), (16, 33), (5, 3), (32, 16), (17, 17), (4, 31), (8, 4), (33, 2), (12, 48), (16, 8),
        ]
        let sizes: [(Int32, Int32)] = [(1, 1), (2, 7), (3, 3), (4, 4), (8, 5), (9, 10), (6, 13)]
        let pads: [(Int32, Int32)] = [(1, 1), (0, 0), (1, 0), (2, 2), (4, 1), (3, 4)]
        var cases: [ConvolutionCase] = []
        for (height, width) in sizes {
            for (padTop, padLeft) in pads {
                let turn = cases.count
                let (inputs, outputs) = channels[turn % channels.count]
                let surplus = Int32(turn % 3 - 1)
                cases.append(
                    ConvolutionCase(
                        geometry: cairn_convolution(
                            input_height: height, input_width: width, input_channels: inputs,
                            output_height: max(1, height + 2 * padTop - 2 + surplus),
                            output_width: max(1, width + 2 * padLeft - 2 + surplus), output_channels: outputs,
                            kernel_height: 3, kernel_width: 3, stride_y: 1, stride_x: 1, dilation_y: 1,
                            dilation_x: 1, pad_top: padTop,
                            pad_left: padLeft, groups: 1, algorithm: cairn_direct),
                        images: turn % 4, seed: turn))
            }
        }
        return cases
            + [(5, 3, 3, 75), (8, 17, 5, 20), (5, 2600, 1, 9)].map { size, inputs, outputs, images in
                same(size: size, inputs: inputs, outputs: outputs, images: images)
            }
    }()

    /// Square images, padded so that they keep their size.
    static func same(size: Int32, inputs: Int32, outputs: Int32, images: Int) -> ConvolutionCase {
        ConvolutionCase(
            geometry: cairn_convolution(
                input_height: size, input_width: size, input_channels: inputs, output_height: size,
                output_width: size, output_channels: outputs, kernel_height: 3, kernel_width: 3, stride_y: 1,
                stride_x: 1, dilation_y: 1, dilation_x: 1, pad_top: 1, pad_left: 1, groups: 1,
                algorithm: cairn_direct),
            images: images, seed: images)
    }
}

/// One case's data, and what comes out of it.
struct ConvolutionData {
    let test: ConvolutionCase
    let x: Floats, weight: Floats, bias: Floats, dy: Floats

    /// All three directions.
    struct Results {
        var y: [Float], dx: [Float], dweight: [Float]
        var all: [(name: String, scalars: [Float])] { [("y", y), ("dx", dx), ("dweight", dweight)] }
    }

    init(_ test: ConvolutionCase, _ scalars: (inout TestData, Int) -> [Float]) {
        var data = TestData(seed: test.seed)
        self.test = test
        x = Floats(scalars(&data, test.inputCount), misalignment: test.seed % 4)
        weight = Floats(scalars(&data, test.weightCount), misalignment: test.seed % 3)
        bias = Floats(scalars(&data, test.filters), misalignment: 1)
        dy = Floats(scalars(&data, test.outputCount), misalignment: test.seed % 5)
    }

    private init(_ test: ConvolutionCase, _ x: Floats, _ weight: Floats, _ bias: Floats, _ dy: Floats) {
        (self.test, self.x, self.weight, self.bias, self.dy) = (test, x, weight, bias, dy)
    }

    /// With every number's magnitude in its place.
    var magnitudes: ConvolutionData {
        func positive(_ floats: Floats) -> Floats { Floats(floats.scalars.map(abs)) }
        return ConvolutionData(test, positive(x), positive(weight), positive(bias), positive(dy))
    }

    /// Computed in runs of `imagesAtOnce` by one set's kernels, on buffers full of NaN.
    func computed(by set: KernelSet, relu: Bool = false, imagesAtOnce: Int = .max) -> Results {
        var g = test.geometry
        let packed = Floats(poisoned: cairn_convolution_packed_size(&g), misalignment: test.seed % 2)
        let scratch = Floats(poisoned: cairn_convolution_scratch(&g), misalignment: test.seed % 5)
        let y = Floats(poisoned: test.outputCount, misalignment: test.seed % 7)
        let dx = Floats(poisoned: test.inputCount, misalignment: test.seed % 7)
        let dweight = Floats([Float](repeating: 0, count: test.weightCount), misalignment: test.seed % 3)
        let inputs = test.inputCount / max(1, test.images), outputs = test.outputCount / max(1, test.images)
        for first in stride(from: 0, to: test.images, by: min(imagesAtOnce, max(1, test.images))) {
            let count = min(imagesAtOnce, test.images - first)
            let x = x.pointer + first * inputs, dy = dy.pointer + first * outputs
            packed.poison()
            set.kernels.convolution_pack_forward(&g, weight.pointer, packed.pointer)
            set.kernels.convolution_forward(
                &g, count, x, packed.pointer, bias.pointer, relu, y.pointer + first * outputs, scratch.pointer
            )
            packed.poison()
            scratch.poison()
            set.kernels.convolution_pack_backward(&g, weight.pointer, packed.pointer)
            set.kernels.convolution_backward_input(
                &g, count, dy, packed.pointer, dx.pointer + first * inputs, scratch.pointer)
            scratch.poison()
            set.kernels.convolution_backward_weight(&g, count, x, dy, dweight.pointer, nil, scratch.pointer)
        }
        for buffer in [packed, scratch, y, dx, dweight] { #expect(buffer.isGuardIntact, "\(test.summary)") }
        return Results(y: y.scalars, dx: dx.scalars, dweight: dweight.scalars)
    }

    func reference(relu: Bool = false) -> Results {
        var g = test.geometry
        let y = Floats(poisoned: test.outputCount), dx = Floats(poisoned: test.inputCount)
        let dweight = Floats([Float](repeating: 0, count: test.weightCount))
        cairn_reference_convolution_forward(
            &g, test.images, x.pointer, weight.pointer, bias.pointer, relu, y.pointer)
        cairn_reference_convolution_backward_input(&g, test.images, dy.pointer, weight.pointer, dx.pointer)
        cairn_reference_convolution_backward_weight(
            &g, test.images, x.pointer, dy.pointer, dweight.pointer, nil)
        return Results(y: y.scalars, dx: dx.scalars, dweight: dweight.scalars)
    }
}
