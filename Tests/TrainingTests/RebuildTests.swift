import Networks
import Tensors
import Testing
import Training

/// A run goes on when its network is edited: what is remembered goes with the layers.
struct RebuildTests {
    private func rebuild(
        _ trainer: Trainer, _ edit: (Network) throws(EditError) -> NetworkEdit
    ) throws -> (trainer: Trainer, carryOver: CarryOver) {
        try trainer.rebuilt(
            by: try edit(trainer.network), initializer: .he, random: RandomStream(seed: 9, name: "init"))
    }

    /// With everything that a run can have.
    private func bench(_ optimizer: any OptimizerSettings) throws -> Trainer {
        var bench = Bench()
        bench.optimizer = optimizer
        bench.options.averaging = .ema(decay: 0.8)
        let trainer = try bench.make()
        var rates = LayerRates()
        rates.freeze(["bn1"])
        rates.setRate(1e-3, of: ["dense1"])
        try trainer.change(layerRates: rates)
        return trainer
    }

    /// Put in and taken out again, nothing has happened: not at once, and not later.
    @Test(arguments: ResumeTests.optimizers.indices, [0, 4, 6])
    func takingBackAnInsertionLeavesNoTrace(_ index: Int, steps: Int) throws {
        let optimizer = ResumeTests.optimizers[index]
        let whole = try bench(optimizer)
        whole.train(untilStep: 10)
        let trainer = try bench(optimizer)
        if steps > 0 { trainer.train(untilStep: steps) }
        let before = Trace(trainer)
        let with = try rebuild(trainer) { (net) throws(EditError) in
            try net.inserting(BatchNorm(), .before("dense1"))
        }.trainer
        #expect(with.network.layers.map(\.name).contains("bn2"))
        let back = try rebuild(with) { (net) throws(EditError) in try net.removing(["bn2"]) }.trainer
        #expect(Trace(back) == before)
        #expect(back.layerRates == trainer.layerRates)
        back.train(untilStep: 10)
        #expect(Trace(back) == Trace(whole))
        // And the one that was left behind is as it was.
        #expect(Trace(trainer) == before)
    }

    /// An edited run trains, and says what became of its parts.
    @Test func saysWhatWasCarriedOver() throws {
        let trainer = try bench(SGD(rate: 0.01, momentum: 0.9))
        trainer.train(untilStep: 8)
        let (edited, report) = try rebuild(trainer) { (net) throws(EditError) in
            try net.replacing(["conv1"], by: Conv2D(filters: 6, padding: .same), redrawing: true)
        }
        #expect(
            "\(report)"
                == """
                carried over: weights, running statistics, momentum, averaged weights, frozen layers, \
                rates of layers, schedule, history. drawn anew: conv1, bn1, dense1.
                """)
        #expect(edited.position == trainer.position && edited.history == trainer.history)
        #expect(edited.train(epochs: 1).reason == .finished)
    }

    /// What an optimizer remembers is re-shaped like the weights: a slot that equals its weight still does.
    @Test(arguments: [("conv1", 8), ("conv1", 3), ("conv1", 6)])
    func slotsAreReshapedLikeTheirWeights(_ layer: String, count: Int) throws {
        var bench = Bench()
        // One step of momentum 1 - epsilon from 0: the slot is the gradient.
        bench.optimizer = SGD(rate: 1, momentum: 0.9)
        bench.options.averaging = .ema(decay: 0)
        let trainer = try bench.make()
        trainer.train(untilStep: 1)
        let network = trainer.network
        let slots = trainer.state.optimizer.slots.map { $0[0][0] }
        // A network whose weights are the slots.
        let twin = try bench.make().network
        for (parameter, slot) in zip(twin.parameters, slots) { parameter.value = slot }
        let wideTwin = try twin.resizing(layer, to: count).makeNetwork(
            initializer: .xavier, random: RandomStream(key: 1))
        let wide = try rebuild(trainer) { (net) throws(EditError) in try net.resizing(layer, to: count) }
            .trainer
        // Which filters go is chosen by the size of their weights, which are others in the twin.
        for (parameter, slots) in zip(wideTwin.parameters, wide.state.optimizer.slots) where count >= 6 {
            #expect(slots[0][0].isIdentical(to: parameter.value), "\(parameter.name)")
        }
        #expect(wide.state.optimizer.stepCounts == trainer.state.optimizer.stepCounts)
        // With a decay of 0 the average is the weights themselves.
        let average = try #require(wide.average)
        for (parameter, value) in zip(wide.network.parameters, average.values) {
            #expect(value.isIdentical(to: parameter.value), "\(parameter.name)")
        }
        #expect(network.parameters.count == wide.network.parameters.count)
    }

    /// Squares are shared out by squares: Adam's step of a copy is that of its share of the gradient.
    @Test func squaresAreSharedTwice() throws {
        var bench = Bench()
        bench.optimizer = Adam(rate: 0.01)
        let trainer = try bench.make()
        trainer.train(untilStep: 1)
        let wide = try rebuild(trainer) { (net) throws(EditError) in try net.resizing("conv1", to: 8) }
            .trainer
        // After one step the second moment is the first's square, but for the betas.
        let index = try #require(wide.network.parameters.firstIndex { $0.name == "dense1.weight" })
        let (first, second) = (
            wide.state.optimizer.slots[index][0][0], wide.state.optimizer.slots[index][0][1]
        )
        for (m, v) in zip(first.scalars, second.scalars) {
            #expect(abs(m * m * 0.1 - v) <= 1e-4 * v)
        }
    }

    /// A layer drawn anew starts anew with all that is remembered of it; the others go on.
    @Test func redrawnLayersForget() throws {
        let trainer = try bench(Adam(rate: 0.01))
        trainer.train(untilStep: 8)
        let before = Trace(trainer)
        let history = trainer.history
        let report = trainer.redraw(
            ["dense1"], initializer: .xavier, overriding: true, random: RandomStream(key: 5))
        #expect(report.drawn == ["dense1"])
        let after = Trace(trainer)
        for (name, bits) in after.tensors {
            #expect((bits == before.tensors[name]) == !name.hasPrefix("dense1"), "\(name)")
        }
        let parameters = trainer.network.parameters
        for (index, parameter) in parameters.enumerated() {
            let isDrawn = parameter.name.hasPrefix("dense1")
            let slots = trainer.state.optimizer.slots[index].joined()
            #expect(slots.allSatisfy { $0.sumOfSquares == 0 } == (isDrawn || parameter.name.hasPrefix("bn1")))
            #expect(
                (trainer.state.optimizer.stepCounts[index] == 0)
                    == (isDrawn || parameter.name.hasPrefix("bn1")))
        }
        #expect(trainer.history == history)
        #expect(trainer.train(epochs: 1).reason == .finished)
    }

    /// Another seed of one stream moves no other.
    @Test(arguments: RandomStreams.Name.allCases)
    func otherSeedsOfAStream(_ stream: RandomStreams.Name) throws {
        let (same, other) = (try Bench().make(), try Bench().make())
        same.train(untilStep: 4)
        other.train(untilStep: 4)
        let report = other.change(seed: 1, of: stream)
        #expect("\(report)".hasPrefix("carried over: weights"))
        same.train(untilStep: 9)
        other.train(untilStep: 9)
        #expect(Trace(same) == Trace(other), "the same seed changes nothing")
        _ = other.change(seed: 2, of: stream)
        #expect((other.streams.shuffle == same.streams.shuffle) == (stream != .shuffle))
        #expect((other.streams.augment == same.streams.augment) == (stream != .augment))
        #expect((other.streams.dropout == same.streams.dropout) == (stream != .dropout))
    }
}
