/// A model and a loss that fit each other, but hardly as meant.
package enum LossWarning: Hashable, Sendable, CustomStringConvertible {
    /// The loss does once more what the model's last layer does.
    case squashedTwice(layer: String, loss: String)

    /// Lower-case, no full stop.
    package var description: String {
        switch self {
        case .squashedTwice(let layer, let loss):
            "the model ends in `\(layer)`, and `\(loss)` makes probabilities of the outputs itself: leave `\(layer)` "
                + "out, or gradients are small and training is slow"
        }
    }
}

extension Loss {
    /// What is doubtful about training this network with the loss.
    package func warning(for network: Network) -> LossWarning? {
        guard reading != .scores, let last = network.layers.last else { return nil }
        let kind = type(of: last.layer).kind
        return ["softmax", "sigmoid"].contains(kind) ? .squashedTwice(layer: kind, loss: Self.kind) : nil
    }
}
