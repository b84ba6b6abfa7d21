import Tensors

/// What a network costs, for tables and warnings.
extension Network {
    /// Scalars that are trained.
    package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

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
