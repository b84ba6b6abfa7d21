import Tensors

/// What convolutions of either direction have in common.
protocol ConvolutionLayer: Layer {
    var filters: Int { get }
    var hasBias: Bool { get }
    var groups: Int { get }
    /// What stands along the last two axes of its weight, unless it is depthwise.
    var weightAxes: [ParameterDeclaration.Axis] { get }

    /// - Throws: `ShapeError` if it cannot be done on that input.
    func convolution(for input: Shape) throws(ShapeError) -> Convolution
}

extension ConvolutionLayer {
    /// Of a layer that has been placed.
    func placedConvolution(for input: Shape) -> Convolution {
        guard let convolution = try? convolution(for: input) else {
            preconditionFailure("\(self) was placed after \(input), which it does not accept")
        }
        return convolution
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        let last = weightAxes[1]
        let weight = placedConvolution(for: input).weight(
            isDepthwise(for: input) ? [.other, last] : weightAxes)
        return hasBias ? [weight, ParameterDeclaration("bias", [filters], start: .constant(0))] : [weight]
    }

    /// Whether each channel has filters of its own.
    func isDepthwise(for input: Shape) -> Bool { groups > 1 && groups == input[2] }

    package func channelFlow(for input: Shape) -> ChannelFlow {
        isDepthwise(for: input) ? .each(copies: filters / groups) : .mixed(groups: groups)
    }

    package func multiplyAdds(for input: Shape) -> Int { placedConvolution(for: input).multiplyAdds }
}
