import Tensors

/// The window of a convolution or pooling layer before its input is known.
struct Window: Hashable, Sendable {
    let kernel: Size
    let stride: Size
    let padding: Padding
    var dilation: Size = 1

    /// - Throws: `ShapeError` in the words of the layer's command if the input is no image or too small.
    func geometry(for input: Shape) throws(ShapeError) -> Geometry {
        guard input.rank == 3 else { throw ShapeError(imageNeeded: input) }
        do {
            return try Geometry(
                input: Size(height: input[0], width: input[1]), kernel: kernel, stride: stride,
                padding: padding, dilation: dilation)
        } catch {
            throw ShapeError(found: input, needed: needed(error))
        }
    }

    private func needed(_ error: GeometryError) -> String {
        switch error {
        case .outOfRange(let what, let found, let allowed):
            return "\(what) in \(allowed.lowerBound)...\(allowed.upperBound), not \(found)"
        case .kernelTooLarge(let reach, let padded):
            let with = padding == .valid ? "no padding" : "\(padded.height)x\(padded.width) with its padding"
            let spread = dilation == 1 ? "" : " with dilation \(dilation)"
            return
                "an image of at least \(reach.height)x\(reach.width) (kernel \(kernel)\(spread), \(with))"
        }
    }

    /// The arguments a declaration spells out: those that differ from the default.
    func arguments(defaultStride: Size) -> String {
        (stride == defaultStride ? "" : " stride=\(stride)")
            + (padding == .valid ? "" : " padding=\(padding)")
            + (dilation == 1 ? "" : " dilation=\(dilation)")
    }
}
