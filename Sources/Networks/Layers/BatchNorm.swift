import Tensors

/// Batch normalisation, channel by channel: `y = weight (x - mean) / sqrt(variance + epsilon) + bias`.
///
/// In training the mean and variance are the batch's, over images and pixels, and move the running ones, which
/// evaluation uses: `running = (1 - momentum) running + momentum batch`, the variance with divisor n - 1 as in
/// PyTorch. (Ioffe & Szegedy, 2015.)
///
/// Shapes: `[H, W, C]` or `[features]`, unchanged; all parameters `[C]` or `[features]`.
///
/// PyTorch refuses to train on a single value per channel. Here it is defined: the output is the bias, the
/// input's gradient zero, and the running statistics stay, so that a last batch of one image does no harm.
package struct BatchNorm: Layer {
    package static let kind = "batchnorm"
    package static let namePrefix = "bn"

    /// The share of each batch in the running statistics, 0...1.
    package let momentum: Float
    /// Added to the variance, above 0.
    package let epsilon: Float
    /// Whether scale and shift are learned.
    package let isAffine: Bool

    private static let defaults = BatchNorm()

    package init(momentum: Float = 0.1, epsilon: Float = 1e-5, affine: Bool = true) {
        self.momentum = momentum
        self.epsilon = epsilon
        isAffine = affine
    }

    package var description: String {
        "batchnorm"
            + (momentum == Self.defaults.momentum ? "" : " momentum=\(momentum)")
            + (epsilon == Self.defaults.epsilon ? "" : " epsilon=\(epsilon)")
            + (isAffine ? "" : " affine=false")
    }

    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        guard momentum >= 0, momentum <= 1 else {
            throw ShapeError(found: input, needed: "momentum in 0...1, not \(momentum)")
        }
        guard epsilon > 0, epsilon.isFinite else {
            throw ShapeError(found: input, needed: "an epsilon above 0, not \(epsilon)")
        }
        return input
    }

    package func parameters(for input: Shape) -> [ParameterDeclaration] {
        let channels = input[input.rank - 1]
        return ChannelAffine.declarations(channels: channels, isLearned: isAffine) + [
            ParameterDeclaration("running_mean", [channels], start: .constant(0), isTrained: false),
            ParameterDeclaration("running_var", [channels], start: .constant(1), isTrained: false),
        ]
    }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        BatchNormOperation(layer, self, settings)
    }
}
