import CKernels
import Tensors

/// A convolution between an image of `channels` and one of `filters`: what `conv` computes forward, and
/// `convtranspose` backward.
struct Convolution {
    let geometry: Geometry
    let channels: Int
    let filters: Int
    let groups: Int

    /// - Throws: `ShapeError` if the groups do not divide the channels, or if it needs more room than a machine has.
    init(
        _ geometry: Geometry, channels: Int, filters: Int, groups: Int, for input: Shape
    ) throws(ShapeError) {
        let allowed = 1...Geometry.largestExtent
        for (what, number) in [("channels", channels), ("filters", filters)]
        where !allowed.contains(groups) || number % groups != 0 {
            throw ShapeError(found: input, needed: "\(what) that \(groups) groups can share, not \(number)")
        }
        // Frames of zeros around the images are scratch memory of each thread.
        let reach = Geometry.reach(of: geometry.kernel, dilation: geometry.dilation)
        let framed = Shape([
            geometry.input.height + 2 * (geometry.padTop + reach.height),
            geometry.input.width + 2 * (geometry.padLeft + reach.width), max(channels, filters) / groups,
        ])
        guard let count = framed.checkedCount, count <= Network.largestActivationCount else {
            throw ShapeError(
                found: input,
                needed: "less padding or dilation: \(framed) values with its rim are too many")
        }
        self.geometry = geometry
        self.channels = channels
        self.filters = filters
        self.groups = groups
    }

    /// Multiplications of one image.
    var multiplyAdds: Int {
        geometry.output.height * geometry.output.width * filters * (channels / groups)
            * geometry.kernel.height * geometry.kernel.width
    }

    /// PyTorch's fans are those of a tensor `[filters, channels / groups, K_y, K_x]`, whichever way it is used.
    ///
    /// `axes` are those of the channels and of the filters.
    func weight(_ axes: [ParameterDeclaration.Axis]) -> ParameterDeclaration {
        let (height, width) = (geometry.kernel.height, geometry.kernel.width)
        let channels = channels / groups
        return ParameterDeclaration(
            "weight", [height, width, channels, filters], layout: .filters,
            start: .random(fanIn: channels * height * width, fanOut: filters * height * width),
            axes: [.other, .other] + axes)
    }

    /// For the kernels, with the algorithm that suits it.
    func kernelGeometry(_ settings: PlanSettings) -> (cairn_convolution, ConvolutionAlgorithm) {
        var convolution = cairn_convolution(
            input_height: Int32(geometry.input.height), input_width: Int32(geometry.input.width),
            input_channels: Int32(channels), output_height: Int32(geometry.output.height),
            output_width: Int32(geometry.output.width), output_channels: Int32(filters),
            kernel_height: Int32(geometry.kernel.height), kernel_width: Int32(geometry.kernel.width),
            stride_y: Int32(geometry.stride.height), stride_x: Int32(geometry.stride.width),
            dilation_y: Int32(geometry.dilation.height), dilation_x: Int32(geometry.dilation.width),
            pad_top: Int32(geometry.padTop), pad_left: Int32(geometry.padLeft), groups: Int32(groups),
            algorithm: cairn_direct)
        let algorithm = ConvolutionAlgorithm.choose(for: convolution, settings)
        convolution.algorithm = algorithm.kernel
        return (convolution, algorithm)
    }
}
