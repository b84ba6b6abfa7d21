import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

@Suite("Row kernels")
struct KernelRowTests {
    static let channels = Array(1...20) + [33, 100]

    /// Off by some units in the last place of the largest numbers involved.
    private func areNear(_ found: Floats, _ expected: Floats, _ tolerance: Float) -> Bool {
        let size = max(expected.scalars.map(abs).max() ?? 0, 1)
        return found.isGuardIntact
            && zip(found.scalars, expected.scalars).allSatisfy { abs($0 - $1) <= tolerance * size }
    }

    @Test("softmax and its gradient equal the reference, in place too", arguments: KernelSet.all, channels)
    func softmax(set: KernelSet, channels: Int) {
        for rows in [1, 2, 7] {
            var data = TestData(seed: rows * channels)
            let count = rows * channels
            let scale: Float = [0.1, 5, 100][rows % 3]
            let x = Floats(data.reals(count).map { $0 * scale }, misalignment: 1)
            let y = Floats(poisoned: count, misalignment: 2), expected = Floats(poisoned: count)
            set.kernels.softmax_forward(rows, channels, x.pointer, y.pointer)
            cairn_reference_softmax_forward(rows, channels, x.pointer, expected.pointer)
            #expect(areNear(y, expected, 1e-6))
            let dy = Floats(data.reals(count)), expectedGradient = Floats(poisoned: count)
            cairn_reference_softmax_backward(
                rows, channels, y.pointer, dy.pointer, expectedGradient.pointer)
            set.kernels.softmax_backward(rows, channels, y.pointer, dy.pointer, dy.pointer)
            #expect(areNear(dy, expectedGradient, 1e-6), "in place")
            set.kernels.softmax_forward(rows, channels, x.pointer, x.pointer)
            #expect(x.scalars == y.scalars && x.isGuardIntact, "in place")
        }
    }

    @Test("a row with NaN or infinity is NaN, and the next one is not", arguments: KernelSet.all)
    func softmaxOfExtremes(set: KernelSet) {
        for special in [Float.nan, .infinity] {
            let x = Floats([0, special, 1, 1e30, -1e30, -.infinity]), y = Floats(poisoned: 6)
            set.kernels.softmax_forward(2, 3, x.pointer, y.pointer)
            #expect(y.scalars[..<3].allSatisfy { $0.isNaN })
            #expect(Array(y.scalars[3...]) == [1, 0, 0])
        }
    }

    @Test("layer norm and its gradients equal the reference", arguments: KernelSet.all, channels)
    func layernorm(set: KernelSet, channels: Int) {
        for rows in [1, 2, 7] {
            var data = TestData(seed: rows * channels + 1)
            let count = rows * channels
            // Far from zero compared with the spread in every other case.
            let x = Floats(data.reals(count).map { $0 + Float(rows % 2 * 20) }, misalignment: 1)
            let weight = Floats(data.reals(channels)), bias = Floats(data.reals(channels), misalignment: 3)
            let y = Floats(poisoned: count, misalignment: 2), expected = Floats(poisoned: count)
            set.kernels.layernorm_forward(
                rows, channels, x.pointer, weight.pointer, bias.pointer, 0.01, y.pointer)
            cairn_reference_layernorm_forward(
                rows, channels, x.pointer, weight.pointer, bias.pointer, 0.01, expected.pointer)
            #expect(areNear(y, expected, 2e-5))

            let dy = Floats(data.reals(count)), expectedGradient = Floats(poisoned: count)
            let dweight = Floats(data.reals(channels)), expectedWeight = Floats(dweight.scalars)
            let dbias = Floats(data.reals(channels)), expectedBias = Floats(dbias.scalars)
            cairn_reference_layernorm_backward(
                rows, channels, x.pointer, dy.pointer, weight.pointer, 0.01, expectedWeight.pointer,
                expectedBias.pointer, expectedGradient.pointer)
            set.kernels.layernorm_backward(
                rows, channels, x.pointer, dy.pointer, weight.pointer, 0.01, nil, nil, y.pointer)
            set.kernels.layernorm_backward(
                rows, channels, x.pointer, dy.pointer, weight.pointer, 0.01, dweight.pointer, dbias.pointer,
                dy.pointer)
            #expect(areNear(dy, expectedGradient, 1e-4))
            #expect(areNear(dweight, expectedWeight, 1e-4) && areNear(dbias, expectedBias, 1e-6))
            #expect(y.scalars == dy.scalars, "in place")
        }
    }
}
