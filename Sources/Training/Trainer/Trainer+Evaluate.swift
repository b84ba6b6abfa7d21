import Datasets
import Networks
import Tensors

extension Trainer {
    /// Measures the network as it is, or its averaged weights if there are any: running statistics, no dropout, no
    /// augmentation. Takes back a step in hand.
    ///
    /// Nil if `shouldStop`, which is asked after each batch but the last, said so.
    ///
    /// - Throws: `TrainingError.emptySet`, `.imageShape` if the images are not what the model takes, or
    ///   `.data` if one cannot be read.
    package func evaluate(
        _ set: ImageSet, named name: String = "test", shouldStop: () -> Bool = { false }
    ) throws(TrainingError) -> Evaluation? {
        guard !set.isEmpty else { throw .emptySet(name) }
        guard set.imageShape == network.input else {
            throw .imageShape(found: set.imageShape, model: network.name, needed: network.input)
        }
        do throws(DatasetError) {
            return try measure(set, shouldStop: shouldStop)
        } catch {
            throw .data(error)
        }
    }

    /// `observe` is told how many images are done: none before the first batch, then after each.
    func measure(
        _ set: ImageSet, shouldStop: () -> Bool, observe: (_ done: Int) -> Void = { _ in }
    ) throws(DatasetError) -> Evaluation? {
        try withAveragedWeights(shouldStop: shouldStop) { () throws(DatasetError) in
            try measureNetwork(set, shouldStop, observe)
        }
    }

    private func measureNetwork(
        _ set: ImageSet, _ shouldStop: () -> Bool, _ observe: (_ done: Int) -> Void
    ) throws(DatasetError) -> Evaluation? {
        holdsStep = false
        observe(0)
        var tally = Tally(images: set.count, targets: dataset.targets, reading: loss.reading)
        let loader = BatchLoader(
            set, normalization: normalization, order: .sequential, batchSize: executor.batchSize)
        while let batch = try loader.next() {
            executor.forward(batch.images, count: batch.count, mode: .evaluation)
            let result = executor.computeLoss(labels: batch.labels)
            tally.add(result, output: executor.output, labels: batch.labels)
            let done = batch.position + batch.count
            observe(done)
            if done < set.count, shouldStop() { return nil }
        }
        return tally.evaluation
    }
}
