import Networks
import Tensors
import Testing

/// A whole step: what a trainer relies on.
struct TrainingTests {
    private static let layers: [any Layer] = [
        Conv2D(filters: 6, kernel: 3, padding: .same), ReLU(), MaxPool2D(kernel: 2),
        Conv2D(filters: 8, kernel: 3), BatchNorm(), ReLU(), AvgPool2D(kernel: 2), Dropout(probability: 0.25),
        Flatten(), Dense(units: 16), ReLU(), Dense(units: 4),
    ]

    private func makeNetwork() throws -> Network {
        try Network(
            name: "net", input: [12, 12, 2], layers: Self.layers, initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
    }

    /// Trains by plain gradient descent on fixed images and returns the losses.
    private func train(_ network: Network, threads: Int, counts: [Int]) -> [Double] {
        var random = RandomStream(seed: 7, name: "data")
        let images = random.normal([20, 12, 12, 2], deviation: 1)
        let labels = (0..<20).map { Int32($0 % 4) }
        let executor = Executor(
            network, loss: CrossEntropy(), batchSize: 20, workers: Workers(threads: threads))
        var dropout = RandomStream(seed: 1, name: "dropout")
        return counts.map { count in
            executor.forward(images, count: count, mode: .training(dropout: dropout))
            _ = dropout.next()
            let result = executor.computeLoss(labels: labels)
            executor.backward()
            for parameter in network.parameters {
                parameter.value = Tensor(
                    parameter.value.shape,
                    zip(parameter.value.scalars, parameter.gradient.scalars).map { $0 - 0.1 * $1 })
            }
            network.zeroGradients()
            return result.meanLoss
        }
    }

    @Test func lossFalls() throws {
        let losses = train(try makeNetwork(), threads: 2, counts: Array(repeating: 20, count: 40))
        #expect(losses[39] < 0.3 * losses[0], "\(losses)")
    }

    @Test(arguments: [2, 3, 5])
    func anyNumberOfThreadsGivesTheSameBits(threads: Int) throws {
        let (one, many) = (try makeNetwork(), try makeNetwork())
        // Whole and partial batches, down to fewer images than shards.
        let counts = [20, 13, 20, 5, 1, 20]
        let losses = train(one, threads: 1, counts: counts)
        #expect(train(many, threads: threads, counts: counts) == losses)
        for (a, b) in zip(one.parameters + one.buffers, many.parameters + many.buffers) {
            #expect(a.value.scalars.map(\.bitPattern) == b.value.scalars.map(\.bitPattern), "\(a.name)")
        }
    }
}
