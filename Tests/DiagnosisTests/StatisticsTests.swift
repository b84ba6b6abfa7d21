import Datasets
import Diagnosis
import Networks
import Tensors
import Testing
import Training

struct StatisticsTests {
    private func makeTrainer(
        _ layers: [any Layer] = [Conv2D(filters: 4, kernel: 3), ReLU(), Flatten(), Dense(units: 2)],
        rate: Double = 0.01
    ) throws -> Trainer {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (40, 10, 8, 2)
        let data = try Dataset.shapes(settings, seed: 1)
        let network = try Network(
            name: "net", input: data.imageShape, layers: layers, initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        return try Trainer(
            network, optimizer: SGD(rate: rate), dataset: data, batchSize: 8, seed: 1,
            workers: Workers(threads: 2))
    }

    private func statistics(_ subject: Statistics.Subject, _ trainer: Trainer) throws -> Statistics {
        try #require(try Statistics(of: subject, in: trainer))
    }

    /// By the definitions, in double precision.
    @Test func areThoseOfTheNumbers() throws {
        let trainer = try makeTrainer()
        let row = try statistics(.weights, trainer).rows[0]
        let scalars = trainer.network.parameters[0].value.scalars.map(Double.init)
        let mean = scalars.reduce(0, +) / Double(scalars.count)
        let variance = scalars.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scalars.count)
        #expect(abs(row.summary.mean - mean) < 1e-12)
        #expect(abs(row.summary.deviation - variance.squareRoot()) < 1e-12)
        #expect(abs(row.summary.norm - scalars.reduce(0) { $0 + $1 * $1 }.squareRoot()) < 1e-12)
        let range = try #require(row.summary.range)
        #expect(Double(range.lowerBound) == scalars.min() && Double(range.upperBound) == scalars.max())
        #expect(row.histogram.reduce(0, +) == scalars.count && row.shape == [4, 3, 3, 3])
        #expect(row.findings.isEmpty)
    }

    /// To look is to change nothing: training goes on to the same bits.
    @Test(arguments: Statistics.Subject.allCases)
    func lookingChangesNothing(subject: Statistics.Subject) throws {
        let (looked, plain) = (try makeTrainer(), try makeTrainer())
        _ = try statistics(subject, looked)
        for trainer in [looked, plain] { trainer.train(steps: 3) }
        _ = try statistics(subject, looked)
        for trainer in [looked, plain] { trainer.train(epochs: 1) }
        _ = try statistics(subject, looked)
        for trainer in [looked, plain] { trainer.train(epochs: 1) }
        #expect(
            zip(looked.state.tensors, plain.state.tensors).allSatisfy {
                $0.exported.isIdentical(to: $1.exported)
            })
        #expect(looked.history.steps == plain.history.steps)
    }

    /// A step made only to be looked at gives what the next step then gives.
    @Test func theNextStepIsSeenBefore() throws {
        let trainer = try makeTrainer()
        for subject in Statistics.Subject.allCases where subject != .weights {
            let seen = try statistics(subject, trainer)
            let other = try makeTrainer()
            other.train(steps: 1)
            #expect(try statistics(subject, other) == seen, "\(subject)")
        }
    }

    @Test func anUpdateIsRateTimesGradient() throws {
        let trainer = try makeTrainer(rate: 0.5)
        trainer.train(steps: 1)
        let (gradients, updates) = (
            try statistics(.gradients, trainer).rows, try statistics(.updates, trainer).rows
        )
        for (gradient, update) in zip(gradients, updates) {
            #expect(abs(update.summary.norm - 0.5 * gradient.summary.norm) < 1e-5 * gradient.summary.norm)
        }
    }

    @Test func sickNumbersAreFound() throws {
        let zeros = try makeTrainer()
        zeros.network.parameters[0].value = Tensor(zeros: zeros.network.parameters[0].value.shape)
        #expect(try statistics(.weights, zeros).rows[0].findings == [.allZero])
        // Biases far below what any image can make up for.
        zeros.network.parameters[1].value = Tensor([4], [-100, -100, -100, 1])
        let dead = try statistics(.activations, zeros).rows[1].findings
        #expect(dead == [.dead(units: 3, of: 4, images: zeros.dataset.train.count)])

        let broken = try makeTrainer()
        broken.network.parameters[2].value.withUnsafeMutableBufferPointer { $0[5] = .nan }
        let rows = try statistics(.weights, broken).rows
        #expect(rows[2].findings == [.notFinite(1)] && rows[0].findings.isEmpty)
        #expect(try statistics(.updates, broken).rows.count == rows.count)

        let hasty = try makeTrainer(rate: 50)
        #expect(
            try statistics(.updates, hasty).rows.flatMap(\.findings).contains {
                if case .fastUpdate = $0 { true } else { false }
            })
    }
}
