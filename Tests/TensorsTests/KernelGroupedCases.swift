import CKernels

// Convolutions whose kernels have gaps, or whose channels come in groups.

extension ConvolutionCase {
    /// Those of every kind with gaps between the taps: alone, and together with strides that they share a divisor with.
    static let dilated: [ConvolutionCase] = general.filter { $0.images < 4 }.map { test in
        let (y, x) = [(2, 1), (1, 3), (2, 2), (3, 2), (4, 6)][test.seed % 5] as (Int32, Int32)
        var test = test
        (test.geometry.dilation_y, test.geometry.dilation_x) = (y, x)
        return test
    }

    /// Those of every kind with channels in groups: some filters for each, one, or as many as a vector has.
    static let grouped: [ConvolutionCase] = (general + dilated).enumerated().map { turn, test in
        let groups = [2, 3, 5][turn % 3] as Int32
        var test = test
        test.geometry.groups = groups
        test.geometry.input_channels = groups * [1, 2, 3, 8][turn % 4]
        test.geometry.output_channels = groups * [1, 4, 16, 5, 8, 2, 33][turn % 7]
        return test
    }

    /// Those of every kind with a kernel for each channel.
    static let depthwise: [ConvolutionCase] =
        (general.filter { $0.images < 4 } + dilated
        + [
            long(stride: 1, kernel: 3, pad: 1, dilation: 1), long(stride: 2, kernel: 3, pad: 1, dilation: 1),
            long(stride: 1, kernel: 5, pad: 2, dilation: 1), long(stride: 1, kernel: 7, pad: 3, dilation: 1),
            long(stride: 3, kernel: 4, pad: 0, dilation: 1), long(stride: 1, kernel: 3, pad: 2, dilation: 2),
            long(stride: 2, kernel: 5, pad: 4, dilation: 2),
        ]).map { test in
            var test = test
            test.geometry.output_channels = test.geometry.input_channels
            test.geometry.groups = test.geometry.input_channels
            test.geometry.algorithm = cairn_depthwise
            return test
        }

    /// Rows long enough for several pixels at once between the borders.
    private static func long(stride: Int32, kernel: Int32, pad: Int32, dilation: Int32) -> ConvolutionCase {
        let reach = dilation * (kernel - 1) + 1
        return ConvolutionCase(
            geometry: cairn_convolution(
                input_height: 11, input_width: 29, input_channels: 20,
                output_height: (11 + 2 * pad - reach) / stride + 1,
                output_width: (29 + 2 * pad - reach) / stride + 1, output_channels: 20,
                kernel_height: kernel, kernel_width: kernel, stride_y: stride, stride_x: stride,
                dilation_y: dilation, dilation_x: dilation, pad_top: pad, pad_left: pad, groups: 1,
                algorithm: cairn_direct),
            images: 2, seed: Int(kernel))
    }
}
