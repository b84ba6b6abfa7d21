import Tensors

/// The learned scale and shift that normalisations end with, one of each per channel: PyTorch's `affine=True`.
final class ChannelAffine {
    /// A step's own copies of the parameters; 1 and 0 where nothing is learned.
    let scale: Buffer<Float>
    let shift: Buffer<Float>
    private let weight: Parameter?
    private let bias: Parameter?

    init(_ layer: PlacedLayer, channels: Int) {
        scale = Buffer(repeating: 1, count: channels)
        shift = Buffer(zeros: channels)
        weight = layer.parameters.first
        bias = layer.parameters.last
    }

    static func declarations(channels: Int, isLearned: Bool) -> [ParameterDeclaration] {
        guard isLearned else { return [] }
        return [
            ParameterDeclaration("weight", [channels], start: .constant(1)),
            ParameterDeclaration("bias", [channels], start: .constant(0)),
        ]
    }

    var isLearned: Bool { weight != nil }

    /// Takes over the parameters for a step.
    func prepare() {
        Self.copy(weight, to: scale)
        Self.copy(bias, to: shift)
    }

    private static func copy(_ parameter: Parameter?, to buffer: Buffer<Float>) {
        parameter?.value.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            buffer.pointer.update(from: base, count: values.count)
        }
    }

    /// Adds each channel's gradients of the scale and the shift to the parameters'.
    func addGradients(_ ofChannel: (Int) -> (scale: Float, shift: Float)) {
        weight?.gradient.withUnsafeMutableBufferPointer { weight in
            bias?.gradient.withUnsafeMutableBufferPointer { bias in
                for c in weight.indices {
                    let gradient = ofChannel(c)
                    weight[c] += gradient.scale
                    bias[c] += gradient.shift
                }
            }
        }
    }
}
