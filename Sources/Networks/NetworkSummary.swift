import Tensors

/// What a network costs, for tables and warnings.
extension Network {
    /// Scalars that are trained.
    package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

    /// Scalars that a network of these layers would train; nothing is made.
    package static func parameterCount(of layers: [any Layer], for input: Shape) throws(ShapeError) -> Int {
        try Placer.place(layers, after: input)
            .flatMap { $0.layer.parameters(for: $0.input) }.filter(\.isTrained)
            .reduce(0) { $0 + $1.shape.count }
    }

    /// Multiplications with a parameter in one image's forward pass; backward costs twice as many.
    package var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }

    /// Bytes that an executor for this batch size needs at most for activations and their gradients.
    package func activationMemory(batchSize: Int) -> Int {
        let outputs = layers.map(\.output.count)
        // Two gradients in a row of layers, and in every block around it one that waits for its other branch.
        let gradients = 2 + (layers.map(\.depth).max() ?? 0)
        let scalars = input.count + outputs.reduce(0, +) + gradients * max(outputs.max() ?? 0, input.count)
        return scalars * batchSize * MemoryLayout<Float>.size
    }
}
