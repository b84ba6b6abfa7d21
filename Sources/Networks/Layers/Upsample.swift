import CKernels
import Tensors

/// A larger image: each pixel repeated, or means of the four pixels that it lies between (PyTorch's `Upsample` with
/// `align_corners=False`).
///
/// Shapes: `[H, W, C]` -> `[H', W', C]`.
package struct Upsample: Layer {
    package static let kind = "upsample"

    /// How pixels between pixels are made.
    package enum Mode: String, CaseIterable, Sendable {
        /// The input's pixel `floor(y H / H')`.
        case nearest
        /// The mean of the four around `(y + 1/2) H / H' - 1/2`, weighted by how near they are.
        case bilinear
    }

    /// How large the output is.
    package enum Target: Hashable, Sendable {
        /// So many times the input's height and width.
        case factor(Int)
        case size(Size)
    }

    package let target: Target
    package let mode: Mode

    package init(_ target: Target, mode: Mode = .nearest) {
        self.target = target
        self.mode = mode
    }

    package var description: String {
        let target =
            switch target {
            case .factor(let factor): "\(factor)"
            case .size(let size): "\(size.height)x\(size.width)"
            }
        return "upsample \(target)\(mode == .nearest ? "" : " mode=\(mode)")"
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        switch target {
        case .size(let size): return try input.resized(to: size)
        case .factor(let factor):
            guard input.rank == 3 else { throw ShapeError(imageNeeded: input) }
            guard (1...Geometry.largestExtent).contains(factor) else {
                throw ShapeError(
                    found: input, needed: "a factor in 1...\(Geometry.largestExtent), not \(factor)")
            }
            return try input.resized(to: Size(height: factor * input[0], width: factor * input[1]))
        }
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        switch mode {
        case .nearest:
            ResizingOperation(layer, forward: cairn_nearest_forward, backward: cairn_nearest_backward)
        case .bilinear:
            ResizingOperation(layer, forward: cairn_bilinear_forward, backward: cairn_bilinear_backward)
        }
    }
}
