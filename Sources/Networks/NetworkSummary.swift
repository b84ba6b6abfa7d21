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
