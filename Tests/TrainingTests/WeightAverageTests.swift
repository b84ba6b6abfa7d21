import Datasets
import Networks
import Tensors
import TestSupport
import Testing
import Training

struct WeightAverageTests {
    private let workers = Workers(threads: 1)

    /// Ten steps of SGD, averaged after each, as by PyTorch's `AveragedModel`.
    @Test(arguments: [("swa", Averaging.swa(start: 0)), ("ema", .ema(decay: 0.9))])
    func averagesMatchPyTorch(name: String, averaging: Averaging) throws {
        let fixture = try Fixture("optimizers")
        let gradients = try fixture["gradients"].scalars
        let expected = try fixture["\(name).weights"].scalars
        let weight = Parameter(name: "weight", value: try fixture["start"])
        var optimizer = try Optimizer(SGD(rate: 0.1), for: [weight])
        var average = WeightAverage(averaging, start: 0)
        for step in 0..<10 {
            weight.gradient = Tensor([7], Array(gradients[step * 7..<step * 7 + 7]))
            optimizer.update([weight], rate: 0.1, workers: workers)
            average.add([weight], finishedEpoch: step + 1)
            #expect(average.count == step + 1)
            for (index, value) in average.values[0].scalars.enumerated() {
                let right = expected[step * 7 + index]
                #expect(abs(value - right) <= 1e-5 * abs(right), "\(name), step \(step), weight \(index)")
            }
        }
    }

    /// Training does not notice that it is watched.
    @Test(arguments: [Averaging.swa(start: 1), .ema(decay: 0.9)])
    func trainingGoesOnWithoutIt(averaging: Averaging) throws {
        let plain = try Bench().make()
        var bench = Bench()
        bench.options.averaging = averaging
        let averaged = try bench.make()
        plain.train(epochs: 3)
        averaged.train(epochs: 3)
        #expect(Trace(averaged).tensors == Trace(plain).tensors)
        #expect(Trace(averaged).steps == Trace(plain).steps)
        // Judged by the average as soon as there is one.
        let losses = [plain, averaged].map { $0.history.epochs.map(\.validationLoss) }
        #expect((losses[0][0] == losses[1][0]) == (averaging == .swa(start: 1)))
        #expect(losses[0][2] != losses[1][2])
        #expect(averaged.average?.count == (averaging == .swa(start: 1) ? 2 : 18))
        let raw = try #require(try plain.evaluate(plain.dataset.test))
        #expect(try averaged.evaluate(averaged.dataset.test)?.loss != raw.loss)
        try averaged.change(averaging: nil)
        #expect(try averaged.evaluate(averaged.dataset.test) == raw)
    }

    /// The mean of one epoch's weights is those weights, so only the running statistics can differ: they are the mean
    /// of those of all batches of training images, as after PyTorch's `update_bn`.
    @Test func statisticsAreMeasuredAnew() throws {
        var bench = Bench()
        bench.layers = [BatchNorm(), Flatten(), Dense(units: 3)]
        bench.options.averaging = .swa(start: 0)
        let trainer = try bench.make()
        trainer.train(epochs: 1)
        let tensors = trainer.averagedWeights
        #expect(zip(tensors, trainer.network.parameters).allSatisfy { $0.isIdentical(to: $1.value) })
        let statistics = Array(tensors.suffix(2))
        #expect(relativeDifference(statistics[0], try expected(trainer).mean) < 1e-5)
        #expect(relativeDifference(statistics[1], try expected(trainer).variance) < 1e-5)
        #expect(!statistics[0].isIdentical(to: trainer.network.buffers[0].value))
        // A step makes them unknown again only with the next average.
        trainer.train(untilStep: 8)
        #expect(zip(trainer.averagedWeights, tensors).allSatisfy { $0.isIdentical(to: $1) })
        // And with other batches.
        try trainer.change(batchSize: 45)
        #expect(!trainer.averagedWeights[4].isIdentical(to: tensors[4]))
    }

    /// The means over the batches of their means and unbiased variances; a last batch that is smaller counts alike.
    private func expected(_ trainer: Trainer) throws -> (mean: Tensor, variance: Tensor) {
        let loader = BatchLoader(
            trainer.dataset.train, normalization: trainer.normalization, order: .sequential, batchSize: 16)
        var (means, variances) = ([Double](repeating: 0, count: 3), [Double](repeating: 0, count: 3))
        var batches = 0.0
        while let batch = try loader.next() {
            let scalars = batch.images.scalars.prefix(batch.count * 300)
            for channel in 0..<3 {
                let values = stride(from: channel, to: scalars.count, by: 3).map { Double(scalars[$0]) }
                let mean = values.reduce(0, +) / Double(values.count)
                means[channel] += mean
                variances[channel] +=
                    values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
            }
            batches += 1
        }
        func tensor(_ sums: [Double]) -> Tensor { Tensor([3], sums.map { Float($0 / batches) }) }
        return (tensor(means), tensor(variances))
    }

    /// Stopped while statistics are measured, everything is as it was.
    @Test func measuringCanBeStopped() throws {
        var bench = Bench()
        bench.options.averaging = .swa(start: 0)
        let trainer = try bench.make()
        trainer.train(epochs: 1, shouldStop: { trainer.position.image == trainer.dataset.train.count })
        let other = try bench.make()
        other.train(untilStep: 6)
        #expect(trainer.position.image == 90 && trainer.history.epochs.isEmpty)
        let before = trainer.network.buffers.map(\.value.bits)
        #expect(try trainer.evaluate(trainer.dataset.test, shouldStop: { true }) == nil)
        #expect(trainer.network.buffers.map(\.value.bits) == before)
        #expect(Trace(trainer) == Trace(other))
    }

    @Test(arguments: [Averaging.swa(start: -1), .ema(decay: 1), .ema(decay: .nan)])
    func refusesSettingsOutOfRange(averaging: Averaging) throws {
        let trainer = try Bench().make()
        #expect(throws: TrainingError.self) { try trainer.change(averaging: averaging) }
        #expect(trainer.average == nil)
    }
}
