import CKernels
import Tensors

// What the layers share that make an image of another size.

extension Shape {
    /// The shape of this image brought to another size.
    ///
    /// - Throws: `ShapeError` if this is no image, or if the size is out of range.
    func resized(to size: Size) throws(ShapeError) -> Shape {
        guard rank == 3 else { throw ShapeError(imageNeeded: self) }
        let allowed = 1...Geometry.largestExtent
        guard allowed.contains(size.height), allowed.contains(size.width) else {
            throw ShapeError(
                found: self,
                needed:
                    "an output in 1...\(Geometry.largestExtent) on both sides, not \(size.height)x\(size.width)"
            )
        }
        return [size.height, size.width, self[2]]
    }
}

/// One of the resizing kernels, forward and backward: each output is a sum of inputs with weights that depend on
/// places alone, so that nothing has to be remembered.
final class ResizingOperation: Operation {
    typealias Kernel =
        @convention(c) (
            UnsafePointer<cairn_resizing>?, Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?
        ) -> Void

    private let geometry: Buffer<cairn_resizing>
    private let forwardKernel: Kernel
    private let backwardKernel: Kernel

    init(_ layer: PlacedLayer, forward: @escaping Kernel, backward: @escaping Kernel) {
        geometry = Buffer(
            repeating: cairn_resizing(
                input_height: Int32(layer.input[0]), input_width: Int32(layer.input[1]),
                channels: Int32(layer.input[2]), output_height: Int32(layer.output[0]),
                output_width: Int32(layer.output[1])), count: 1)
        forwardKernel = forward
        backwardKernel = backward
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            layer.forwardKernel(layer.geometry.pointer, shard.count, shard.input, shard.output)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            layer.backwardKernel(layer.geometry.pointer, shard.count, gradients.output, gradients.input)
        }
    }
}
