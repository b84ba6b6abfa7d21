import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

@Suite("Activation kernels")
struct KernelActivationTests {
    struct Function: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let function: cairn_activation

        init(_ name: String, _ kind: cairn_activation_kind, _ a: Float = 0, _ b: Float = 0) {
            testDescription = name
            function = cairn_activation(kind: kind, a: a, b: b)
        }
    }

    static let functions = [
        Function("leaky relu", cairn_leaky_relu, 0.01), Function("elu", cairn_elu, 1, 1),
        Function("selu", cairn_elu, 1.6732632, 1.050701), Function("elu, falling", cairn_elu, -0.5, 1),
        Function("gelu", cairn_gelu), Function("gelu by tanh", cairn_gelu_tanh), Function("silu", cairn_silu),
        Function("sigmoid", cairn_sigmoid), Function("tanh", cairn_tanh),
        Function("softplus", cairn_softplus, 1, 20), Function("sharp softplus", cairn_softplus, 5, 2),
        Function("hard swish", cairn_hard_swish),
    ]

    private static let special: [Float] = [
        .nan, .infinity, -.infinity, 1e30, -1e30, 1e4, -1e4, 87, -87, -88, 1e-30, -1e-30, 0, -0.0,
    ]

    /// A function's value is off by some units in the last place; where it is a difference of larger numbers, by
    /// those of x.
    private func isNear(_ found: Float, _ expected: Float, x: Float) -> Bool {
        found == expected || (found.isNaN && expected.isNaN)
            || abs(found - expected) <= 1e-6 * max(abs(expected), min(abs(x), 10))
    }

    @Test("values and gradients equal the reference, in place too", arguments: KernelSet.all, functions)
    func equalsReference(set: KernelSet, function: Function) {
        let f = function.function
        for count in Array(0...40) + [257] {
            var data = TestData(seed: count)
            let scale: Float = [0.001, 1, 10, 40][count % 4]
            let scalars = data.reals(count).map { $0 * scale }
            let x = Floats(scalars, misalignment: count % 3), dy = Floats(data.reals(count), misalignment: 1)
            let y = Floats(poisoned: count, misalignment: count % 4), dx = Floats(poisoned: count)
            let expected = Floats(poisoned: count), expectedGradient = Floats(poisoned: count)
            set.kernels.activation_forward(f, count, x.pointer, y.pointer)
            cairn_reference_activation_forward(f, count, x.pointer, expected.pointer)
            set.kernels.activation_backward(f, count, x.pointer, y.pointer, dy.pointer, dx.pointer)
            cairn_reference_activation_backward(f, count, x.pointer, dy.pointer, expectedGradient.pointer)
            for (index, x) in scalars.enumerated() {
                #expect(isNear(y.scalars[index], expected.scalars[index], x: x), "at \(x)")
                #expect(isNear(dx.scalars[index], expectedGradient.scalars[index], x: x), "slope at \(x)")
            }
            set.kernels.activation_backward(f, count, x.pointer, y.pointer, dy.pointer, dy.pointer)
            #expect(isSame(dy.scalars, dx.scalars), "\(count) in place")
            set.kernels.activation_forward(f, count, x.pointer, x.pointer)
            #expect(isSame(x.scalars, y.scalars), "\(count) in place")
            for floats in [x, y, dx, dy] { #expect(floats.isGuardIntact, "\(count)") }
        }
    }

    /// Relative to the value itself: `tanh`, `e^x - 1` and the error function of tiny numbers are tiny numbers.
    @Test(
        "what is not a difference is exact to some units in the last place", arguments: KernelSet.all,
        functions.filter { !$0.testDescription.hasPrefix("gelu") })
    func relativeAccuracy(set: KernelSet, function: Function) {
        let f = function.function
        // Towards 0 from both sides, and far into the tails.
        let scalars = (0..<400).flatMap { index -> [Float] in
            let size = 80 / (1 + Float(index) * Float(index))
            return [size, -size]
        }
        let x = Floats(scalars), y = Floats(poisoned: scalars.count),
            expected = Floats(poisoned: scalars.count)
        set.kernels.activation_forward(f, x.count, x.pointer, y.pointer)
        cairn_reference_activation_forward(f, x.count, x.pointer, expected.pointer)
        for index in scalars.indices {
            let (found, wanted) = (y.scalars[index], expected.scalars[index])
            // Below, floats have fewer digits.
            guard abs(wanted) > 1e-35 else { continue }
            #expect(
                abs(found - wanted) <= 1e-6 * abs(wanted), "\(found), not \(wanted), at \(scalars[index])")
        }
    }

    @Test("numbers far away, infinite and NaN give the reference's", arguments: KernelSet.all, functions)
    func extremes(set: KernelSet, function: Function) {
        let x = Floats(Self.special), y = Floats(poisoned: x.count), expected = Floats(poisoned: x.count)
        set.kernels.activation_forward(function.function, x.count, x.pointer, y.pointer)
        cairn_reference_activation_forward(function.function, x.count, x.pointer, expected.pointer)
        for (index, x) in Self.special.enumerated() {
            #expect(isNear(y.scalars[index], expected.scalars[index], x: x), "at \(x)")
        }
        #expect(y.scalars[0].isNaN)
    }

    @Test(
        "prelu and its gradients equal the reference", arguments: KernelSet.all, [1, 2, 3, 8, 17, 40, 2000])
    func prelu(set: KernelSet, channels: Int) {
        for rows in [1, 2, 33, 200] where rows * channels <= 20_000 {
            var data = TestData(seed: rows * channels)
            let count = rows * channels
            let x = Floats(data.integers(count), misalignment: 1), dy = Floats(data.integers(count))
            let slope = Floats(data.integers(channels))
            let y = Floats(poisoned: count), expected = Floats(poisoned: count)
            set.kernels.prelu_forward(rows, channels, x.pointer, slope.pointer, y.pointer)
            cairn_reference_prelu_forward(rows, channels, x.pointer, slope.pointer, expected.pointer)
            #expect(isSame(y.scalars, expected.scalars) && y.isGuardIntact)
            let dslope = Floats(data.integers(channels)), expectedSlope = Floats(dslope.scalars)
            set.kernels.prelu_slope_gradient(rows, channels, x.pointer, dy.pointer, dslope.pointer)
            cairn_reference_prelu_slope_gradient(rows, channels, x.pointer, dy.pointer, expectedSlope.pointer)
            #expect(dslope.scalars == expectedSlope.scalars && dslope.isGuardIntact)
            cairn_reference_prelu_backward(
                rows, channels, x.pointer, dy.pointer, slope.pointer, expected.pointer)
            set.kernels.prelu_backward(rows, channels, x.pointer, dy.pointer, slope.pointer, dy.pointer)
            #expect(isSame(dy.scalars, expected.scalars) && dy.isGuardIntact, "in place")
        }
    }
}
