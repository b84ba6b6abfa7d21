import Tensors

/// What convolutions of either direction have in common.
protocol ConvolutionLayer: Layer {
    var filters: Int { get }
    var hasBias: Bool { get }

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
        let weight = placedConvolution(for: input).weight
        return hasBias ? [weight, ParameterDeclaration("bias", [filters], start: .constant(0))] : [weight]
    }

    package func multiplyAdds(for input: Shape) -> Int { placedConvolution(for: input).multiplyAdds }
}
