/// What drawn weights are multiplied by, to make up for what the activation after a layer does to the spread of its
/// input: PyTorch's `calculate_gain`.
package struct Gain: Hashable, Sendable, CustomStringConvertible {
    package let value: Float
    /// The word for it, if it is an activation's: `tanh`.
    private let activation: String?

    /// A number of one's own.
    package init(_ value: Float) { self.init(value, activation: nil) }

    private init(_ value: Float, activation: String?) {
        self.value = value
        self.activation = activation
    }

    /// Those that PyTorch knows.
    package static let activations = [
        Gain(1, activation: "linear"),
        Gain(1, activation: Sigmoid.kind),
        Gain(5 / 3, activation: Tanh.kind),
        Gain(Float(2).squareRoot(), activation: ReLU.kind),
        Gain((2 / (1 + LeakyReLU().slope * LeakyReLU().slope)).squareRoot(), activation: LeakyReLU.kind),
        Gain(0.75, activation: SELU.kind),
    ]

    /// An activation's, or nil if PyTorch has none for it.
    package init?(for activation: String) {
        guard let gain = Self.activations.first(where: { $0.description == activation }) else { return nil }
        self = gain
    }

    /// `tanh`, or the number: as the command language reads it.
    package var description: String { activation ?? "\(value)" }
}
