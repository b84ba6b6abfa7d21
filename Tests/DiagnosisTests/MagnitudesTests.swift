import Datasets
import Diagnosis
import Networks
import Tensors
import Testing
import Training

struct MagnitudesTests {
    private func makeTrainer() throws -> Trainer {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (40, 10, 8, 2)
        let data = try Dataset.shapes(settings, seed: 1)
        let network = try Network(
            name: "net", input: data.imageShape,
            layers: [Conv2D(filters: 2, kernel: 3), ReLU(), Flatten(), Dense(units: 2)], initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        return try Trainer(
            network, optimizer: SGD(rate: 0.1), dataset: data, batchSize: 8, seed: 1,
            workers: Workers(threads: 1))
    }

    @Test func areThoseOfTheTensors() throws {
        let trainer = try makeTrainer()
        try trainer.forward()
        trainer.backward()
        let rows = Magnitudes(of: trainer).rows
        #expect(rows.map(\.layer) == ["conv1", "relu1", "flatten1", "dense1"])
        #expect(rows.map { $0.parameters == nil } == [false, true, true, false])
        let largest = trainer.network.layers[3].parameters.flatMap(\.value.scalars).map(abs).max()
        #expect(rows[3].parameters == largest)
        let gradient = trainer.network.layers[0].parameters.flatMap(\.gradient.scalars).map(abs).max()
        #expect(rows[0].gradients == gradient && gradient.map { $0 > 0 } == true)
        #expect(rows[3].activations == trainer.executor.output.scalars.map(abs).max())
        // What `relu` and `flatten` give is the same numbers.
        #expect(rows[1].activations == rows[2].activations && rows[1].activations <= rows[0].activations)
        #expect(rows.allSatisfy { $0.nonFiniteActivations == 0 })
    }

    @Test func showWhereNumbersStoppedBeingFinite() throws {
        let trainer = try makeTrainer()
        trainer.network.parameters[2].value.withUnsafeMutableBufferPointer { $0[0] = .nan }
        let outcome = trainer.train(epochs: 1)
        guard case .diverged(let divergence) = outcome.reason else {
            Issue.record("\(outcome.reason)")
            return
        }
        #expect(divergence.origin?.place == .parameter("dense1.weight"))
        let rows = Magnitudes(of: trainer).rows
        #expect(rows.map(\.nonFiniteActivations) == [0, 0, 0, 8])
        #expect(rows[3].parameters.map(\.isFinite) == true)
    }
}
