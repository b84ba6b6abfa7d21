import Datasets
import Tensors

/// Tensors to compare with another program's, in PyTorch's names, shapes and order.
///
/// Beside them is what they are of: `batch.images` as the network gets them, `[N, C, H, W]`, `batch.labels`, one for each
/// image or pixel, with mixup or cutmix also `batch.labels2` and `batch.shares`, and `batch.output`.
extension Trainer {
    /// The gradients of the step in hand or, between two steps, of the next one, which is taken back afterwards.
    ///
    /// - Precondition: `phase` is not `.ready`, or `hasBatch`.
    package func exportGradients() throws(DatasetError) -> [(name: String, tensor: Tensor)] {
        let isBetweenSteps = phase == .ready
        if phase == .ready { try forward() }
        if phase == .forwarded { backward() }
        defer { if isBetweenSteps { rewind() } }
        return network.exportGradients() + (batch.map(export) ?? [])
    }

    /// What evaluation makes of the first validation images, or training images if there are none. Takes back a step
    /// in hand; nil if `shouldStop` said so.
    package func exportOutputs(
        shouldStop: () -> Bool = { false }
    ) throws(DatasetError) -> [(name: String, tensor: Tensor)]? {
        let set = dataset.validation.isEmpty ? dataset.train : dataset.validation
        let loader = BatchLoader(
            set, normalization: normalization, order: .sequential, batchSize: executor.batchSize)
        guard let batch = try loader.next() else { preconditionFailure("a dataset has training images") }
        return try withAveragedWeights(shouldStop: shouldStop) {
            executor.forward(batch.images, count: batch.count, mode: .evaluation)
            return export(batch)
        }
    }

    private func export(_ batch: Batch) -> [(name: String, tensor: Tensor)] {
        let size = network.output.rank == 3 ? Array(network.output.extents.dropLast()) : []
        func labels(_ labels: [Int32]) -> Tensor {
            Tensor(Shape([batch.count] + (labels.count > batch.count ? size : [])), labels.map(Float.init))
        }
        let mix = batch.mix.map { mix in
            [
                ("batch.labels2", labels(mix.labels)),
                ("batch.shares", Tensor([mix.shares.count], mix.shares)),
            ]
        }
        return [
            ("batch.images", executor.input.channelsFirst), ("batch.output", executor.output.channelsFirst),
            ("batch.labels", labels(batch.labels)),
        ] + (mix ?? [])
    }
}

extension Tensor {
    /// `[N, H, W, C]` as `[N, C, H, W]`; rows of numbers as they are.
    fileprivate var channelsFirst: Tensor {
        guard shape.rank == 4 else { return self }
        return transposingMatrices(
            rows: shape[1] * shape[2], columns: shape[3], as: [shape[0], shape[3], shape[1], shape[2]])
    }
}
