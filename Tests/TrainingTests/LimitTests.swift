import Networks
import Tensors
import Testing
import Training

/// What ends a training before its time.
struct LimitTests {
    /// Pauses after some steps and epochs, and looks at everything meanwhile.
    private final class Inspector: StepInspector {
        let steps: Set<Int>
        let epochs: Set<Int>
        var keepsValues = false
        private(set) var seen: [Int] = []

        init(steps: Set<Int> = [], epochs: Set<Int> = []) { (self.steps, self.epochs) = (steps, epochs) }

        func wantsValues(beforeStep step: Int) -> Bool { keepsValues }

        func inspectStep(of trainer: Trainer) -> [Int] {
            seen.append(trainer.position.step)
            for layer in trainer.network.layers.indices { _ = trainer.executor.activation(of: layer).summary }
            #expect(trainer.holdsStep && trainer.phase == .ready)
            #expect(!keepsValues || trainer.valuesBeforeUpdate != nil)
            return steps.contains(trainer.position.step) ? [1, 2] : []
        }

        func inspectEpoch(of trainer: Trainer) -> [Int] {
            epochs.contains(trainer.position.epoch) ? [3] : []
        }
    }

    private func expectSame(_ a: Trainer, _ b: Trainer) {
        #expect(zip(a.state.tensors, b.state.tensors).allSatisfy { $0.exported.isIdentical(to: $1.exported) })
        #expect(a.history.steps == b.history.steps)
        #expect(a.history.epochs.map(\.validationLoss) == b.history.epochs.map(\.validationLoss))
    }

    /// Bench trains on 90 images in batches of 16: 6 steps in an epoch.
    @Test(arguments: [false, true])
    func aPausedTrainingGoesOnToTheSameBits(_ keepsValues: Bool) throws {
        let (whole, paused) = (try Bench().make(), try Bench().make())
        whole.train(epochs: 3)
        let inspector = Inspector(steps: [2, 6, 13], epochs: [2])
        inspector.keepsValues = keepsValues
        let limits = TrainingLimits(inspector: inspector)
        var reasons: [TrainingOutcome.Reason] = []
        var positions: [Int] = []
        repeat {
            let outcome = paused.train(until: .epoch(3), within: limits)
            reasons.append(outcome.reason)
            positions.append(outcome.position.step)
        } while reasons.last != .finished
        #expect(
            reasons == [
                .paused(by: [1, 2]), .paused(by: [1, 2]), .paused(by: [3]), .paused(by: [1, 2]), .finished,
            ])
        #expect(positions == [2, 6, 12, 13, 18])
        #expect(inspector.seen == Array(1...18))
        expectSame(whole, paused)
        #expect(TrainingGoal.epoch(3).isReached(by: paused.position))
        #expect(!TrainingGoal.step(19).isReached(by: paused.position))
    }

    @Test func stepsCanBePausedToo() throws {
        let (whole, paused) = (try Bench().make(), try Bench().make())
        whole.train(steps: 9)
        let limits = TrainingLimits(inspector: Inspector(steps: [7]))
        #expect(paused.train(steps: 9, within: limits).reason == .paused(by: [1, 2]))
        #expect(paused.train(until: .step(9), within: limits).reason == .finished)
        #expect(paused.train(until: .step(9), within: limits).steps.isEmpty)
        expectSame(whole, paused)
    }

    /// At least one step is made, whatever the budget.
    @Test func aBudgetEndsTrainingAndKeepsWhatThereIs() throws {
        let (whole, limited) = (try Bench().make(), try Bench().make())
        whole.train(epochs: 1)
        let over = TrainingLimits(deadline: .now)
        for step in 1...6 {
            #expect(limited.train(epochs: 1, within: over).reason == .outOfBudget)
            #expect(limited.position.step == step)
        }
        // The validation too.
        #expect(
            limited.train(epochs: 1, within: TrainingLimits(deadline: .now + .seconds(600))).reason
                == .finished)
        expectSame(whole, limited)
    }

    /// A parameter's squares are those of its gradient; frozen layers do not count in the whole.
    @Test func gradientNormsAreOfTheParameters() throws {
        let trainer = try Bench().make()
        var rates = LayerRates()
        rates.freeze(["conv1"])
        try trainer.change(layerRates: rates)
        trainer.train(steps: 2)
        for (square, parameter) in zip(trainer.gradientSquares, trainer.network.parameters) {
            #expect(square == parameter.gradient.sumOfSquares && square > 0)
        }
        let learning = zip(trainer.gradientSquares, trainer.network.parameters)
            .filter { !$0.1.name.hasPrefix("conv1.") }
        #expect(trainer.gradientNorm == learning.reduce(0) { $0 + $1.0 }.squareRoot())
    }
}
