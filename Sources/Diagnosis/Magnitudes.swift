import Networks
import Tensors
import Training

/// How large the numbers of a step are, layer by layer: shows where they grew before one stopped being finite.
package struct Magnitudes: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package let layer: String
        /// The largest absolute value among the layer's parameters, NaN and infinities left out; nil without any.
        package let parameters: Float?
        /// Likewise of the gradients of the last backward pass.
        package let gradients: Float?
        /// Likewise of what the layer gave in the last forward pass.
        package let activations: Float
        /// Activations that are NaN or infinite.
        package let nonFiniteActivations: Int
    }

    /// One for each layer, in order.
    package let rows: [Row]

    /// Of the trainer's last step, also of one that was given up because its loss or a gradient was not finite.
    ///
    /// - Precondition: it has made one, and no evaluation since.
    package init(of trainer: Trainer) {
        rows = trainer.network.layers.enumerated().map { index, layer in
            let activation = trainer.executor.activation(of: index)
            return Row(
                layer: layer.name, parameters: layer.parameters.map(\.value.largestFiniteMagnitude).max(),
                gradients: layer.parameters.map(\.gradient.largestFiniteMagnitude).max(),
                activations: activation.largestFiniteMagnitude,
                nonFiniteActivations: activation.nonFiniteCount)
        }
    }
}
