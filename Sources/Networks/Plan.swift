import Tensors

/// The operations and the memory for one network and one largest batch.
///
/// How a plan is made from a model: the layers are taken in order. Each is first offered to the operation before it
/// (`Operation.absorb`), which may take it over: a convolution takes a `relu`. A layer that nobody takes makes an
/// operation of its own (`Layer.makeOperation`). So a fusion is written where the faster arithmetic is, and
/// neither the network nor the executor knows of it; what an absorbed layer gave is still answered, by
/// `Operation.writeActivation`.
///
/// Every operation's output has memory of its own, because the way back needs it. Gradients live shortly: they
/// take turns in two buffers as large as the largest output.
struct Plan {
    /// One operation with its place in the model and in memory.
    struct Step {
        let operation: any Operation
        /// The layers it stands for.
        let layers: Range<Int>
        let input: Buffer<Float>
        /// Scalars of one image.
        let inputSize: Int
        let output: Buffer<Float>
        /// Scalars of one image.
        let outputSize: Int
        /// Gradient with respect to `output`; nil if neither this nor an earlier step has parameters.
        let outputGradient: Buffer<Float>?
        /// Gradient with respect to `input`; nil if no earlier step has parameters.
        let inputGradient: Buffer<Float>?
    }

    let input: Buffer<Float>
    let steps: [Step]
    /// Where the loss writes the gradient with respect to the network's output.
    let lossGradient: Buffer<Float>

    init(_ network: Network, batchSize: Int) {
        let fused = Self.fuse(network.layers, batchSize: batchSize)
        let sizes =
            [network.input.count] + fused.map { network.layers[$0.layers.upperBound - 1].output.count }
        let largest = (sizes.max() ?? 0) * batchSize
        let firstTrained = fused.firstIndex {
            !network.layers[$0.layers].allSatisfy { $0.parameters.isEmpty }
        }

        input = Buffer(zeros: network.input.count * batchSize)
        // Walk back from the loss to see whose turn it is; then lay out the outputs on the way forward.
        let turns = (Buffer<Float>(zeros: largest), Buffer<Float>(zeros: largest))
        lossGradient = turns.0
        var gradients: [(output: Buffer<Float>?, input: Buffer<Float>?)] = []
        var current = turns.0
        for index in fused.indices.reversed() {
            let next = fused[index].operation.worksInPlace ? current : current === turns.0 ? turns.1 : turns.0
            gradients.append(
                (
                    output: firstTrained.map { index >= $0 } == true ? current : nil,
                    input: firstTrained.map { index > $0 } == true ? next : nil
                ))
            current = next
        }
        gradients.reverse()

        var steps: [Step] = []
        for (index, entry) in fused.enumerated() {
            steps.append(
                Step(
                    operation: entry.operation, layers: entry.layers, input: steps.last?.output ?? input,
                    inputSize: sizes[index], output: Buffer(zeros: sizes[index + 1] * batchSize),
                    outputSize: sizes[index + 1],
                    outputGradient: gradients[index].output, inputGradient: gradients[index].input))
        }
        self.steps = steps
    }

    private static func fuse(
        _ layers: [PlacedLayer], batchSize: Int
    ) -> [(operation: any Operation, layers: Range<Int>)] {
        var fused: [(operation: any Operation, layers: Range<Int>)] = []
        for (index, layer) in layers.enumerated() {
            if let last = fused.last, last.operation.absorb(layer) {
                fused[fused.count - 1].layers = last.layers.lowerBound..<index + 1
            } else {
                let operation = layer.layer.makeOperation(for: layer, batchSize: batchSize)
                fused.append((operation, index..<index + 1))
            }
        }
        return fused
    }
}
