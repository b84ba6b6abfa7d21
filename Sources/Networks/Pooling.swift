import CKernels
import Tensors

/// What the two pooling layers share: the window, its rules and its words.
struct Pooling: Hashable, Sendable {
    private let window: Window

    init(kernel: Size, stride: Size?, padding: Padding) {
        window = Window(kernel: kernel, stride: stride ?? kernel, padding: padding)
    }

    /// What follows the command word in a declaration.
    var arguments: String { "\(window.kernel)\(window.arguments(defaultStride: window.kernel))" }

    /// The number of inputs of one output.
    var taps: Int { window.kernel.height * window.kernel.width }

    /// Whether its windows are 2x2, side by side, from the first pixel on, and complete.
    func halves(_ input: Shape) -> Bool {
        guard window.kernel == 2, window.stride == 2, let geometry = try? window.geometry(for: input) else {
            return false
        }
        return geometry.padTop == 0 && geometry.padLeft == 0
            && geometry.output == Size(height: input[0] / 2, width: input[1] / 2)
    }

    func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        let geometry = try window.geometry(for: input)
        if case .explicit(let padding) = window.padding {
            // As PyTorch: otherwise a window could lie in the padding altogether.
            let largest = min(window.kernel.height, window.kernel.width) / 2
            guard padding <= largest else {
                throw ShapeError(
                    found: input, needed: "padding of at most half the kernel (\(largest)), not \(padding)")
            }
        }
        return [geometry.output.height, geometry.output.width, input[2]]
    }

    /// The kernels' geometry for a layer that has been placed, for as long as its operation lives.
    func kernelGeometry(for layer: PlacedLayer, leavesOutPadding: Bool = false) -> Buffer<cairn_pooling> {
        guard let geometry = try? window.geometry(for: layer.input) else {
            preconditionFailure("\(layer.name) was placed after a shape it does not accept")
        }
        let pooling = cairn_pooling(
            input_height: Int32(geometry.input.height), input_width: Int32(geometry.input.width),
            channels: Int32(layer.input[2]), output_height: Int32(geometry.output.height),
            output_width: Int32(geometry.output.width), kernel_height: Int32(geometry.kernel.height),
            kernel_width: Int32(geometry.kernel.width), stride_y: Int32(geometry.stride.height),
            stride_x: Int32(geometry.stride.width), pad_top: Int32(geometry.padTop),
            pad_left: Int32(geometry.padLeft), leaves_out_padding: leavesOutPadding)
        return Buffer(repeating: pooling, count: 1)
    }
}
