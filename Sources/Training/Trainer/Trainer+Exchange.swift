import Datasets
import Tensors

/// Tensors to compare with another program's, in PyTorch's names, shapes and order.
extension Trainer {
    /// The gradients of the step in hand or, between two steps, of the next one, which is taken back afterwards;
    /// beside them the batch: `batch.images`, `batch.labels` and `batch.output`, what training makes of it.
    ///
    /// - Precondition: `phase` is not `.ready`, or `hasBatch`.
    package func exportGradients() -> [(name: String, tensor: Tensor)] {
        let isBetweenSteps = phase == .ready
        if phase == .ready { forward() }
        if phase == .forwarded { backward() }
        defer { if isBetweenSteps { rewind() } }
        return network.exportGradients() + (batch.map(export) ?? [])
    }

    /// What evaluation makes of the first validation images, or training images if there are none: `batch.images`,
    /// `batch.labels` and `batch.output`. Takes back a step in hand.
    package func exportOutputs() -> [(name: String, tensor: Tensor)] {
        rewind()
        let set = dataset.validation.isEmpty ? dataset.train : dataset.validation
        let loader = BatchLoader(
            set, normalization: normalization, order: .sequential, batchSize: executor.batchSize)
        guard let batch = loader.next() else { preconditionFailure("no data is without training images") }
        executor.forward(batch.images, count: batch.count, mode: .evaluation)
        return export(batch)
    }

    private func export(_ batch: Batch) -> [(name: String, tensor: Tensor)] {
        [
            ("batch.images", executor.input.channelsFirst), ("batch.output", executor.output.channelsFirst),
            ("batch.labels", Tensor([batch.labels.count], batch.labels.map(Float.init))),
        ]
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
