import Networks
import Tensors
import TestSupport
import Testing
import Training

struct RegularizationTests {
    private let workers = Workers(threads: 2)

    /// Filters, which lie with their channels last, and units, as PyTorch's `renorm` limits them.
    @Test(arguments: [("filters", Parameter.Layout.filters, 4.0), ("units", .plain, 2)])
    func maxNormMatchesPyTorch(name: String, layout: Parameter.Layout, limit: Double) throws {
        let fixture = try Fixture("optimizers")
        let start = try fixture[name]
        let shape: Shape = layout == .filters ? [3, 3, 2, 4] : start.shape
        let weight = Parameter(name: name, layout: layout, value: layout.imported(start, as: shape))
        let bias = Parameter(name: "bias", value: Tensor([2], [3, 4]))
        // At rate 0 only the limit acts.
        var optimizer = try Optimizer(
            SGD(rate: 0, regularization: Regularization(maxNorm: limit)), for: [weight, bias])
        optimizer.update([weight, bias], rate: 0, workers: workers)
        let limited = layout.exported(weight.value)
        #expect(relativeDifference(limited, try fixture["\(name).limited"]) < 1e-6)
        #expect(relativeDifference(limited, start) > 1e-3)
        #expect(bias.value.scalars == [3, 4])
    }

    /// Biases are left alone if only weights are meant.
    @Test(arguments: [Regularization(l1: 0.5), Regularization(l2: 0.5), Regularization(decay: 0.5)])
    func biasesCanBeExempt(regularization: Regularization) throws {
        for target in Regularization.Target.allCases {
            var regularization = regularization
            regularization.target = target
            let parameters = [
                Parameter(name: "weight", value: Tensor([1, 2], [1, -2])),
                Parameter(name: "bias", value: Tensor([2], [1, -2])),
            ]
            var optimizer = try Optimizer(SGD(rate: 1, regularization: regularization), for: parameters)
            optimizer.update(parameters, rate: 0.5, workers: workers)
            let expected: [Float] = regularization.l1 > 0 ? [0.75, -1.75] : [0.75, -1.5]
            #expect(parameters[0].value.scalars == expected)
            #expect(parameters[1].value.scalars == (target == .all ? expected : [1, -2]))
        }
    }

    /// The norm of a step is that of all gradients together; what is applied is no longer than the limit.
    @Test func clippingActsOnAllGradientsTogether() throws {
        var bench = Bench()
        bench.optimizer = SGD(rate: 1)
        bench.schedule = ConstantSchedule()
        func changes(_ clipping: GradientClipping) throws -> (norm: Double, change: Double, largest: Float) {
            bench.options.clipping = clipping
            let trainer = try bench.make()
            let before = trainer.network.parameters.map(\.value)
            try trainer.forward()
            trainer.backward()
            let squares = trainer.network.parameters.reduce(0) { $0 + $1.gradient.sumOfSquares }
            #expect(trainer.gradientNorm == squares.squareRoot())
            trainer.update()
            #expect(trainer.history.steps[0].gradientNorm == Float(trainer.gradientNorm))
            var (change, largest) = (0.0, 0 as Float)
            for (parameter, old) in zip(trainer.network.parameters, before) {
                var difference = parameter.value
                difference.combine(-1, old, 1)
                change += difference.sumOfSquares
                largest = max(largest, difference.largestFiniteMagnitude)
            }
            return (trainer.gradientNorm, change.squareRoot(), largest)
        }
        let free = try changes(.off)
        #expect(abs(free.change - free.norm) < 1e-5)
        let half = try changes(.norm(free.norm / 2))
        #expect(half.norm == free.norm && abs(half.change - free.norm / 2) < 1e-5)
        #expect(try changes(.norm(free.norm * 2)).change == free.change)
        let value = Double(free.largest) / 4
        #expect(abs(Double(try changes(.value(value)).largest) - value) < 1e-6)
    }

    @Test(arguments: [GradientClipping.norm(0), .norm(.nan), .value(-1)])
    func refusesLimitsOutOfRange(clipping: GradientClipping) throws {
        let trainer = try Bench().make()
        #expect(throws: TrainingError.self) { try trainer.change(clipping: clipping) }
        #expect(trainer.clipping == .off)
    }
}
