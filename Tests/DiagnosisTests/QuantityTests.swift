import Datasets
import Diagnosis
import Networks
import Tensors
import Testing
import Training

/// Everything that can be measured between two steps.
struct QuantityTests {
    /// 36 training images in batches of 8: an epoch has 5 steps.
    private func makeTrainer(seed: UInt64 = 1) throws -> Trainer {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (40, 10, 8, 2)
        let data = try Dataset.shapes(settings, seed: 1)
        let network = try Network(
            name: "net", input: data.imageShape,
            layers: [
                Conv2D(filters: 4, kernel: 3), BatchNorm(), ReLU(), MaxPool2D(kernel: 2), Flatten(),
                Dense(units: 6), ReLU(), Dense(units: 2),
            ],
            initializer: .he, random: RandomStream(seed: seed, name: "init"))
        return try Trainer(
            network, optimizer: SGD(rate: 0.05), dataset: data, batchSize: 8, seed: 1,
            workers: Workers(threads: 2))
    }

    private func value(_ name: String, _ meter: Meter, _ trainer: Trainer) throws -> Double? {
        meter.value(of: try Gauge(name, in: trainer.network))
    }

    /// The numbers of `stats`, which are tested against their definitions.
    @Test func areThoseOfStatistics() throws {
        let trainer = try makeTrainer()
        trainer.train(steps: 3)
        let meter = Meter(of: trainer)
        let rows = try Statistics.Subject.allCases.map { subject in
            (subject, try #require(try Statistics(of: subject, in: trainer)).rows)
        }
        func row(_ subject: Statistics.Subject, _ name: String) throws -> Statistics.Row {
            try #require(rows.first { $0.0 == subject }?.1.first { $0.name == name })
        }
        func expect(_ name: String, _ expected: Double?) throws {
            let (found, expected) = (try #require(try value(name, meter, trainer)), try #require(expected))
            #expect(abs(found - expected) <= 1e-6 * abs(expected), "\(name)")
        }
        for layer in trainer.network.layers {
            if !layer.parameters.isEmpty {
                let squares = try layer.parameters.map { try row(.gradients, $0.name).summary.norm }
                    .reduce(0) { $0 + $1 * $1 }
                let weight = layer.parameters[0].name
                try expect("\(layer.name).gradient.norm", squares.squareRoot())
                try expect("\(layer.name).weight.norm", row(.weights, weight).summary.norm)
                try expect("\(layer.name).weight.notfinite", 0)
                try expect("\(layer.name).update.ratio", row(.updates, weight).ratio)
            }
            let activation = try row(.activations, layer.name).summary
            try expect("\(layer.name).activation.mean", activation.mean)
            try expect("\(layer.name).activation.std", activation.deviation)
            try expect("\(layer.name).activation.zeros", activation.zeroShare)
        }
        let last = try #require(trainer.history.steps.last)
        try expect("loss", Double(last.loss))
        try expect("gradient.norm", Double(last.gradientNorm))
        try expect("step", 3)
        try expect("epoch", 0)
    }

    /// Whatever state a trainer is in, everything there is can be asked for.
    @Test func canBeAskedForAtAnyTime() throws {
        let trainer = try makeTrainer()
        let meter = Meter(of: trainer)
        let gauges = Gauge.all(in: trainer.network)
        #expect(gauges.count > 40 && gauges.allSatisfy { (try? Gauge($0.name, in: trainer.network)) != nil })
        func known() -> Set<String> {
            meter.advance()
            return Set(gauges.filter { meter.value(of: $0) != nil }.map(\.name))
        }
        #expect(
            known().isDisjoint(with: ["loss", "conv1.gradient.norm", "relu1.activation.mean", "val.loss"]))
        try trainer.forward()
        #expect(known().isDisjoint(with: ["loss", "conv1.gradient.norm", "conv1.update.ratio"]))
        #expect(known().contains("relu1.activation.mean"))
        trainer.backward()
        #expect(known().contains("conv1.gradient.norm"))
        trainer.update(keepingValues: true)
        #expect(known().isSuperset(of: ["loss", "conv1.update.ratio", "epoch.loss", "speed"]))
        trainer.train(epochs: 1)
        #expect(known().contains("val.accuracy") && !known().contains("relu1.activation.mean"))
        trainer.train(steps: 1)
        try trainer.restore(trainer.state)
        #expect(known().isDisjoint(with: ["conv1.gradient.norm", "relu1.dead"]))
    }

    /// A unit counts as dead when it was not active for as many images as there are to train on, here 36.
    @Test func deadUnitsAreThoseOfAWindow() throws {
        let trainer = try makeTrainer()
        // The biases of the first dense layer, which no image can make up for.
        let biases = try #require(trainer.network.parameters.first { $0.name == "dense1.bias" })
        biases.value = Tensor([6], [-1e4, 1e4, -1e4, 1e4, 1e4, 1e4])
        let meter = Meter(of: trainer)
        var seen: [Double?] = []
        for _ in 0..<6 {
            trainer.train(steps: 1)
            meter.advance()
            seen.append(try value("relu2.dead", meter, trainer))
            // Asked twice, looked at once.
            #expect(try value("relu2.dead", meter, trainer) == seen.last)
        }
        #expect(seen == [nil, nil, nil, nil, 1.0 / 3, 1.0 / 3])
    }

    /// Steps that nobody asks about count until there is a first value, and no longer.
    @Test func deadUnitsAreGathered() throws {
        let trainer = try makeTrainer()
        let meter = Meter(of: trainer)
        let gauges = try ["relu2.dead", "relu2.activation.mean"].map { try Gauge($0, in: trainer.network) }
        func step() {
            trainer.train(steps: 1)
            meter.advance()
            for gauge in gauges { meter.gather(gauge) }
        }
        for _ in 0..<4 { step() }
        #expect(meter.value(of: gauges[0]) == nil)
        step()
        let first = try #require(meter.value(of: gauges[0]))
        let units = try #require(trainer.network.parameters.first { $0.name == "dense1.bias" })
        units.value = Tensor([6], [Float](repeating: -1e4, count: 6))
        for _ in 0..<4 { step() }
        meter.advance()
        // One more look, at 8 images: the window still holds what was seen before.
        #expect(meter.value(of: gauges[0]) == first)
    }

    @Test(arguments: [
        ("los", QuantityError.unknown("los")), ("conv1", .unknown("conv1")), ("", .unknown("")),
        ("gradient", .unknown("gradient")), (".dead", .unknownLayer("", quantity: "dead")),
        ("conv2.gradient.norm", .unknownLayer("conv2", quantity: "gradient.norm")),
        ("relu1.weight.norm", .notOfLayer("relu1", quantity: "weight.norm")),
        ("conv1.dead", .notOfLayer("conv1", quantity: "dead")),
    ])
    func otherNamesMeanNothing(_ name: String, _ expected: QuantityError) throws {
        let network = try makeTrainer().network
        #expect(throws: expected) { try Gauge(name, in: network) }
    }

    @Test func namesAreNotAmbiguous() {
        #expect(Set(allQuantities.map { "\($0.isOfLayer) \($0.name)" }).count == allQuantities.count)
    }
}
