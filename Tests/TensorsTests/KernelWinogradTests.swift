import CKernels
import CKernels.Sets
import Testing

/// Beside the exact cases in `KernelConvolutionTests`: what holds for numbers that round.
@Suite("Winograd convolution kernels")
struct KernelWinogradTests {
    static let algorithms = [cairn_winograd2, cairn_winograd4]

    /// The reference's results of a case, and the largest sum of magnitudes in each direction.
    private struct Expected {
        var test: ConvolutionCase
        var results: ConvolutionData.Results
        var largest: [Float]
    }

    private static let expected = ConvolutionCase.small.filter { $0.images > 0 }.map { test in
        let data = ConvolutionData(test) { $0.reals($1) }
        return Expected(
            test: test, results: data.reference(relu: test.seed % 2 == 0),
            largest: data.magnitudes.reference().all.map { $0.scalars.max() ?? 0 })
    }

    /// On the way, numbers grow larger than the result they come down to, so an error is some units in the last place
    /// of the largest sum of magnitudes: up to 28 with 4x4 tiles in these cases, the most where that sum is one product.
    @Test(
        "all directions are within rounding of the reference", arguments: KernelSet.all, [1, 2] as [UInt32])
    func closeToReference(set: KernelSet, algorithm: UInt32) {
        let units: Float = algorithm == 1 ? 8 : 50
        for expected in Self.expected {
            let test = expected.test.using(cairn_algorithm(algorithm))
            let actual = ConvolutionData(test) { $0.reals($1) }.computed(by: set, relu: test.seed % 2 == 0)
                .all
            for (index, direction) in expected.results.all.enumerated() {
                let error = zip(actual[index].scalars, direction.scalars).map { abs($0 - $1) }.max() ?? 0
                #expect(
                    error <= units * 0x1p-24 * expected.largest[index], "\(direction.name) of \(test.summary)"
                )
            }
        }
    }

    /// The claim in CKernels.h, for as many channels as a usual layer has.
    @Test(
        "2x2 tiles round no worse than the direct sum, 4x4 tiles at most 5 times worse",
        arguments: KernelSet.all)
    func accuracy(set: KernelSet) {
        let test = ConvolutionCase.same(size: 8, inputs: 64, outputs: 20, images: 2)
        let expected = ConvolutionData(test) { $0.reals($1) }.reference().all
        func errors(_ algorithm: cairn_algorithm) -> [Float] {
            let actual = ConvolutionData(test.using(algorithm)) { $0.reals($1) }.computed(by: set).all
            return zip(actual, expected).map { actual, expected in
                zip(actual.scalars, expected.scalars).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                    .squareRoot()
            }
        }
        let direct = errors(cairn_direct), two = errors(cairn_winograd2), four = errors(cairn_winograd4)
        for direction in 0..<3 {
            #expect(two[direction] < 1.5 * direct[direction])
            #expect(four[direction] < 5 * direct[direction])
        }
    }

    /// What threads rely on: images can be shared out in any way.
    @Test("an image's bits do not depend on which images are computed with it", arguments: KernelSet.all)
    func splitting(set: KernelSet) {
        for algorithm in Self.algorithms {
            let test = ConvolutionCase.same(size: 7, inputs: 19, outputs: 35, images: 23).using(algorithm)
            let data = ConvolutionData(test) { $0.reals($1) }
            let whole = data.computed(by: set), parts = data.computed(by: set, imagesAtOnce: 5)
            #expect(whole.y == parts.y)
            #expect(whole.dx == parts.dx)
        }
    }

    @Test(
        "NaN and infinity reach every number that depends on them, and no other image",
        arguments: KernelSet.all)
    func nonfinite(set: KernelSet) {
        for algorithm in Self.algorithms {
            for bad in [Float.nan, .infinity] {
                let test = ConvolutionCase.same(size: 6, inputs: 3, outputs: 17, images: 3).using(algorithm)
                let data = ConvolutionData(test) { $0.integers($1).map { abs($0) + 1 } }
                let perImage = test.inputCount / 3
                data.x.pointer[perImage + 7] = bad
                data.dy.pointer[test.outputCount / 3 + 5] = bad
                let actual = data.computed(by: set, relu: true), expected = data.reference(relu: true)
                for (name, results) in [("y", (actual.y, expected.y)), ("dx", (actual.dx, expected.dx))] {
                    let outputs = results.0.count / 3
                    for (index, number) in results.0.enumerated() {
                        if !results.1[index].isFinite { #expect(!number.isFinite, "\(name)") }
                        if index / outputs != 1 { #expect(number.isFinite, "\(name)") }
                    }
                }
                #expect(zip(actual.dweight, expected.dweight).allSatisfy { !$0.isFinite || $1.isFinite })
            }
        }
    }

    @Test("only 3x3 kernels with stride 1 are supported")
    func support() {
        var g = ConvolutionCase.same(size: 8, inputs: 3, outputs: 4, images: 1).geometry
        for algorithm in [cairn_direct] + Self.algorithms {
            #expect(cairn_convolution_supports(&g, algorithm))
        }
        let fields: [WritableKeyPath<cairn_convolution, Int32>] = [
            \.kernel_height, \.kernel_width, \.stride_y, \.stride_x,
        ]
        for field in fields {
            var other = g
            other[keyPath: field] = 2
            #expect(cairn_convolution_supports(&other, cairn_direct))
            for algorithm in Self.algorithms { #expect(!cairn_convolution_supports(&other, algorithm)) }
        }
    }
}
