import Tensors

/// The operations and the memory for one network and one largest batch.
///
/// How a plan is made from a model: the layers are taken in order. Each is first offered to the operation before it
/// (`Operation.absorb`), which may take it over: a convolution takes a `relu`. A layer that nobody takes makes an
/// operation of its own (`Layer.makeOperation`). So a fusion is written where the faster arithmetic is, and
/// neither the network nor the executor knows of it; what an absorbed layer gave is still answered, by
/// `Operation.writeActivation`.
///
/// Every operation's output has memory of its own, because the way back needs it. Gradients live shortly and take
/// turns in a few buffers (`GradientPlan`).
struct Plan {
    /// One operation with its place in the model and in memory.
    struct Step {
        let operation: any Operation
        /// The layers it stands for, in order of computation.
        let layers: [Int]
        let input: Buffer<Float>
        /// Scalars of one image.
        let inputSize: Int
        /// What it joins with the input.
        let others: [Operand]
        let output: Buffer<Float>
        /// Scalars of one image.
        let outputSize: Int
        /// Nil if neither this nor an earlier step has parameters.
        let gradients: GradientPlan.Step?
    }

    let input: Buffer<Float>
    let steps: [Step]
    let gradients: GradientPlan

    init(_ network: Network, _ settings: PlanSettings) {
        let batchSize = settings.batchSize
        let fused = Self.fuse(network.layers, settings)
        gradients = GradientPlan(fused, of: network, settings)
        input = Buffer(zeros: network.input.count * batchSize)
        var values: [Source: (memory: Buffer<Float>, size: Int)] = [.images: (input, network.input.count)]
        func value(_ source: Source) -> (memory: Buffer<Float>, size: Int) {
            guard let value = values[source] else {
                preconditionFailure("\(source) is needed before it is computed")
            }
            return value
        }
        var steps: [Step] = []
        for (index, entry) in fused.enumerated() {
            let input = value(entry.source)
            let size = network.layers[entry.lastLayer].output.count
            let output = Buffer<Float>(zeros: size * batchSize)
            values[.layer(entry.lastLayer)] = (output, size)
            steps.append(
                Step(
                    operation: entry.operation, layers: entry.layers, input: input.memory,
                    inputSize: input.size,
                    others: entry.others.map { source in
                        let other = value(source)
                        return Operand(memory: other.memory.pointer, size: other.size)
                    }, output: output, outputSize: size,
                    gradients: gradients.steps[index]))
        }
        self.steps = steps
    }

    /// An operation with the layers that it has taken over.
    struct Fused {
        let operation: any Operation
        var layers: [Int]
        let source: Source
        var others: [Source]

        var lastLayer: Int { layers[layers.count - 1] }
    }

    private static func fuse(_ layers: [PlacedLayer], _ settings: PlanSettings) -> [Fused] {
        var readers: [Source: Int] = [:]
        for layer in layers {
            for source in layer.sources { readers[source, default: 0] += 1 }
        }
        var fused: [Fused] = []
        for (index, layer) in layers.enumerated() {
            // Only where nobody else needs what the layer gets. A join has to come after everything that it joins.
            if readers[layer.source] == 1,
                let maker = fused.lastIndex(where: { .layer($0.lastLayer) == layer.source }),
                fused[maker].lastLayer != settings.watchedLayer, fused[maker].operation.absorb(layer)
            {
                var taker = fused.remove(at: maker)
                taker.layers.append(index)
                taker.others += layer.others
                fused.append(taker)
            } else {
                fused.append(
                    Fused(
                        operation: layer.layer.makeOperation(for: layer, in: settings),
                        layers: [index], source: layer.source, others: layer.others))
            }
        }
        return fused
    }
}
