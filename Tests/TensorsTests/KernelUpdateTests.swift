import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

private let counts = Array(0...65) + [100, 255, 256, 257, 1000]

@Suite("Update kernels")
struct KernelUpdateTests {
    /// A kernel over some arrays, of which the last `squares` must not be negative.
    struct Case: CustomTestStringConvertible, Sendable {
        typealias Arrays = [UnsafeMutablePointer<Float>]

        let name: String
        let arrays: Int
        var squares = 0
        /// Whether only differences that are exact can be compared.
        var needsExactNumbers = false
        let kernel: @Sendable (cairn_kernels, Int, Arrays) -> Void
        let reference: @Sendable (Int, Arrays) -> Void

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "adam", arrays: 3, squares: 1) {
            $0.adam($1, $2[0], $2[1], $2[2], 0.9, 0.999, 0.19, 0.002, 1e-8)
        } reference: {
            cairn_reference_adam($0, $1[0], $1[1], $1[2], 0.9, 0.999, 0.19, 0.002, 1e-8)
        },
        Case(name: "square add", arrays: 2) {
            $0.square_add($1, 0.3, $2[0], 0.7, $2[1])
        } reference: {
            cairn_reference_square_add($0, 0.3, $1[0], 0.7, $1[1])
        },
        Case(name: "divide by root", arrays: 2, squares: 1) {
            $0.divide_by_root($1, 2, $2[1], 0.5, 1e-3, $2[0])
        } reference: {
            cairn_reference_divide_by_root($0, 2, $1[1], 0.5, 1e-3, $1[0])
        },
        // The variance may be negative.
        Case(name: "divide by deviation", arrays: 3, squares: 1, needsExactNumbers: true) {
            $0.divide_by_deviation($1, $2[2], $2[0], 1e-1, $2[1])
        } reference: {
            cairn_reference_divide_by_deviation($0, $1[2], $1[0], 1e-1, $1[1])
        },
        Case(name: "divide by maximum", arrays: 3, squares: 1) {
            $0.divide_by_maximum($1, 3, $2[1], 0.9, 1e-2, $2[2], $2[0])
        } reference: {
            cairn_reference_divide_by_maximum($0, 3, $1[1], 0.9, 1e-2, $1[2], $1[0])
        },
        Case(name: "maximum", arrays: 2) {
            $0.maximum($1, $2[0], $2[1])
        } reference: {
            cairn_reference_maximum($0, $1[0], $1[1])
        },
        Case(name: "adadelta", arrays: 3, squares: 2) {
            $0.adadelta($1, $2[0], $2[1], $2[2], 0.9, 1e-3)
        } reference: {
            cairn_reference_adadelta($0, $1[0], $1[1], $1[2], 0.9, 1e-3)
        },
        Case(name: "lion", arrays: 2) {
            $0.lion($1, $2[0], $2[1], 0.5, 0.75)
        } reference: {
            cairn_reference_lion($0, $1[0], $1[1], 0.5, 0.75)
        },
        Case(name: "sign add", arrays: 2) {
            $0.sign_add($1, 0.25, $2[0], $2[1])
        } reference: {
            cairn_reference_sign_add($0, 0.25, $1[0], $1[1])
        },
        Case(name: "limit magnitudes", arrays: 1) {
            $0.limit_magnitudes($1, 0.5, $2[0])
        } reference: {
            cairn_reference_limit_magnitudes($0, 0.5, $1[0])
        },
    ]

    /// At most about eight roundings lie between the inputs and a result, each of at most 2^-24; sets differ in which
    /// multiplications and additions they fuse.
    @Test("updates equal the reference but for rounding", arguments: KernelSet.all, cases)
    func updates(set: KernelSet, test: Case) {
        for count in counts {
            var data = TestData(seed: count)
            let start = (0..<test.arrays).map { index in
                // Zeros too: the sign of one is 0.
                let drawn = test.needsExactNumbers ? data.integers(count).map { $0 / 4 } : data.reals(count)
                var numbers = drawn.enumerated().map { $0.offset % 7 == 3 ? 0 : $0.element }
                if index >= test.arrays - test.squares { numbers = numbers.map(abs) }
                return numbers
            }
            let actual = start.map { Floats($0, misalignment: count % 3) }
            let expected = start.map { Floats($0) }
            test.kernel(set.kernels, count, actual.map(\.pointer))
            test.reference(count, expected.map(\.pointer))
            for (a, b) in zip(actual, expected) {
                #expect(
                    zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= 2e-6 * max(1, abs($1)) },
                    "\(count)")
                #expect(a.isGuardIntact, "\(count)")
            }
        }
    }

    @Test("columns that are too long are scaled, others stay", arguments: KernelSet.all)
    func limitColumnNorms(set: KernelSet) {
        for (rows, columns) in [(1, 1), (3, 1), (1, 5), (9, 3), (27, 16), (25, 33), (72, 40), (4, 100)] {
            var data = TestData(seed: rows * columns)
            // Small whole numbers: sums of squares are exact.
            let start = data.integers(rows * columns).enumerated().map { $1 * Float($0 % columns % 3) }
            let actual = Floats(start, misalignment: columns % 3), expected = Floats(start)
            set.kernels.limit_column_norms(rows, columns, 4, actual.pointer)
            cairn_reference_limit_column_norms(rows, columns, 4, expected.pointer)
            #expect(
                zip(actual.scalars, expected.scalars).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) },
                "\(rows)x\(columns)")
            #expect(actual.isGuardIntact, "\(rows)x\(columns)")
            // A third of the columns is zero: those did not become NaN.
            #expect(actual.scalars.allSatisfy { $0.isFinite })
        }
    }
}
