import Networks
import Tensors
import TestSupport
import Testing

/// What holds for every layer, whatever it computes.
struct LayerLawTests {
    private let training = Mode.training(dropout: RandomStream(seed: 2, name: "dropout"))

    @Test(arguments: allLayers.map { $0.kind })
    func everyKindHasCases(kind: String) {
        #expect(LayerCase.all.contains { $0.layers.contains { type(of: $0).kind == kind } })
    }

    /// Everything that a pass reads it has written, rims and unused ends included.
    @Test(arguments: LayerCase.all)
    func nothingIsLeftOfThePassBefore(_ layerCase: LayerCase) throws {
        let input = LayerHarness.input(layerCase)
        func results(afterNaN: Bool) throws -> [[UInt32]] {
            let harness = try LayerHarness(layerCase)
            harness.randomizeParameters()
            if afterNaN {
                let output = harness.forward(Tensor(input.shape, repeating: .nan), mode: training)
                _ = try harness.backward(Tensor(output.shape, repeating: .nan))
                harness.randomizeParameters()
            }
            let output = harness.forward(input, mode: training)
            let tensors = [output, try harness.backward(output)] + harness.network.parameters.map(\.gradient)
            return tensors.map(\.bits)
        }
        #expect(try results(afterNaN: true) == results(afterNaN: false))
    }

    @Test(arguments: LayerCase.all.filter(\.before.isEmpty))
    func aLayerAloneGivesWhatItGivesInANetwork(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        #expect(try layerCase.layer.outputShape(for: layerCase.input) == harness.network.output)
    }

    /// Central differences of `sum of y g` for fixed random `g`, whose gradient with respect to `y` is `g`.
    @Test(arguments: LayerCase.all.filter { !$0.hasKinks }, [true, false])
    func gradientsAreThoseOfCentralDifferences(_ layerCase: LayerCase, inTraining: Bool) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let input = LayerHarness.input(layerCase)
        let mode = inTraining ? training : .inspection
        let output = harness.forward(input, mode: mode)
        var random = RandomStream(seed: 4, name: "gradient")
        let outputGradient = random.normal(output.shape, deviation: 1)
        harness.network.zeroGradients()
        let inputGradient = try harness.backward(outputGradient)

        func sum(_ input: Tensor) -> Double {
            zip(harness.forward(input, mode: mode).scalars, outputGradient.scalars)
                .reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        try expectDifferences(
            of: { tensor in sum(tensor) }, at: input, toBe: inputGradient, "input")
        for parameter in harness.network.parameters {
            let value = parameter.value
            try expectDifferences(
                of: { tensor in
                    parameter.value = tensor
                    return sum(input)
                }, at: value, toBe: parameter.gradient, parameter.name)
            parameter.value = value
        }
    }

    /// Compares at some two dozen scalars, spread over the tensor.
    private func expectDifferences(
        of function: (Tensor) -> Double, at point: Tensor, toBe gradient: Tensor, _ name: String
    ) throws {
        let step: Float = 0.01
        let largest = gradient.scalars.map(abs).max() ?? 0
        for index in stride(from: 0, to: point.count, by: max(point.count / 24, 1)) {
            var scalars = point.scalars
            scalars[index] += step
            let plus = function(Tensor(point.shape, scalars))
            scalars[index] -= 2 * step
            let minus = function(Tensor(point.shape, scalars))
            let difference = Float((plus - minus) / Double(2 * step))
            // In 32 bits a difference quotient keeps two to three digits.
            #expect(
                abs(difference - gradient.scalars[index]) <= 1e-2 * max(largest, 0.1), "\(name)[\(index)]")
        }
    }

    @Test(arguments: LayerCase.all)
    func backwardAddsToGradients(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let output = harness.forward(LayerHarness.input(layerCase), mode: training)
        let first = try harness.backward(output)
        let once = harness.network.parameters.map(\.gradient)
        let second = try harness.backward(output)
        #expect(first.bits == second.bits, "the input's gradient does not add up")
        for (parameter, once) in zip(harness.network.parameters, once) {
            let twice = Tensor(once.shape, once.scalars.map { 2 * $0 })
            #expect(relativeDifference(parameter.gradient, twice) <= 1e-6, "\(parameter.name)")
            #expect(once.scalars.contains { $0 != 0 }, "\(parameter.name) gets no gradient")
        }
    }

    /// To keep what the way back needs is to change nothing.
    @Test(arguments: LayerCase.all)
    func inspectionGivesWhatEvaluationGives(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let images = LayerHarness.input(layerCase)
        let output = harness.forward(images, mode: .inspection)
        #expect(output.bits == harness.forward(images, mode: .evaluation).bits)
    }

    @Test(arguments: LayerCase.all)
    func evaluationIgnoresTheOtherImages(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let images = LayerHarness.input(layerCase)
        let together = harness.forward(images, mode: .evaluation)
        #expect(harness.forward(images, mode: .evaluation).bits == together.bits, "twice the same")
        for index in 0..<layerCase.count {
            let alone = harness.forward(images.image(index), mode: .evaluation)
            // A matrix product may add in another order when it has fewer rows.
            #expect(relativeDifference(alone, together.image(index)) <= 1e-6, "image \(index)")
        }
    }

    @Test(arguments: LayerCase.all)
    func anyNumberOfThreadsGivesTheSameBits(_ layerCase: LayerCase) throws {
        let results = try [1, 2, 3].map { threads in
            let harness = try LayerHarness(layerCase, threads: threads)
            harness.randomizeParameters()
            let output = harness.forward(LayerHarness.input(layerCase), mode: training)
            let tensors = [output, try harness.backward(output)]
            return
                (tensors + harness.network.parameters.map(\.gradient) + harness.network.buffers.map(\.value))
                .map(\.bits)
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
    }

    @Test(arguments: LayerCase.all)
    func exportAndImportAreInverse(_ layerCase: LayerCase) throws {
        let original = try LayerHarness(layerCase)
        original.randomizeParameters()
        let copy = try LayerHarness(layerCase, seed: 2)
        let exported = original.network.exportTensors()
        try copy.network.importTensors(
            Dictionary(uniqueKeysWithValues: exported.map { ($0.name, $0.tensor) }))
        for (a, b) in zip(exported, copy.network.exportTensors()) {
            #expect(a.name == b.name && a.tensor.bits == b.tensor.bits, "\(a.name)")
        }
        let input = LayerHarness.input(layerCase)
        #expect(
            copy.forward(input, mode: .evaluation).bits == original.forward(input, mode: .evaluation).bits)
    }
}

extension Tensor {
    /// One of a batch, as a batch of one.
    func image(_ index: Int) -> Tensor {
        let shape = Shape([1] + shape.extents.dropFirst())
        return Tensor(shape, Array(scalars[index * shape.count..<(index + 1) * shape.count]))
    }
}
