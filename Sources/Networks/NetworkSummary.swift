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
        let scalars =
            input.count + outputs.reduce(0, +) + gradientCount * max(outputs.max() ?? 0, input.count)
        return scalars * batchSize * MemoryLayout<Float>.size
    }

    /// How many gradients are needed at once on the way back: a layer's own, those of what it reads, and those that wait
    /// because what they belong to is also read by an earlier layer.
    private var gradientCount: Int {
        var waiting: Set<Source> = [.layer(layers.count - 1)]
        var most = 0
        for (index, layer) in layers.enumerated().reversed() {
            most = max(most, waiting.count + layer.sources.count)
            waiting.remove(.layer(index))
            waiting.formUnion(layer.sources)
        }
        return most
    }
}
