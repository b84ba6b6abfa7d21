import Datasets
import Networks
import Tensors

extension Trainer {
    /// Measures the network as it is: running statistics, no dropout, no augmentation. Takes back a step in hand.
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
        rewind()
        holdsStep = false
        observe(0)
        let classes = dataset.classes.count
        var (lossSum, lossWeight) = (0.0, 0.0)
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        let loader = BatchLoader(
            set, normalization: normalization, order: .sequential, batchSize: executor.batchSize)
        while let batch = try loader.next() {
            executor.forward(batch.images, count: batch.count, mode: .evaluation)
            let result = executor.computeLoss(labels: batch.labels)
            lossSum += result.lossSum
            lossWeight += result.lossWeight
            for (label, prediction) in zip(batch.labels, executor.output.largestInRows()) {
                confusion[Int(label)][prediction] += 1
            }
            let done = batch.position + batch.count
            observe(done)
            if done < set.count, shouldStop() { return nil }
        }
        return Evaluation(loss: lossWeight > 0 ? lossSum / lossWeight : lossSum, confusion: confusion)
    }
}
