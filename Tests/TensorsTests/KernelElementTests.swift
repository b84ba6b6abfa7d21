import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

/// Around every vector width, unrolled or not, and some beyond a cache line's worth of blocks.
private let counts = Array(0...65) + [100, 255, 256, 257, 1000]

@Suite("Element kernels")
struct KernelElementTests {
    @Test("relu and its gradient equal the reference, in place too; NaN stays NaN", arguments: KernelSet.all)
    func relu(set: KernelSet) {
        for count in counts {
            var data = TestData(seed: count)
            let special: [Float] = [.nan, .infinity, -.infinity, -0.0]
            let x = Floats(
                data.integers(count, upTo: 9).map { $0 > 5 ? special[Int($0) - 6] : $0 },
                misalignment: count % 3)
            let y = Floats(poisoned: count, misalignment: count % 4), expected = Floats(poisoned: count)
            set.kernels.relu_forward(count, x.pointer, y.pointer)
            cairn_reference_relu_forward(count, x.pointer, expected.pointer)
            #expect(isSame(y.scalars, expected.scalars), "\(count)")

            let dy = Floats(data.integers(count), misalignment: count % 5), dx = Floats(poisoned: count)
            let expectedGradient = Floats(poisoned: count)
            set.kernels.relu_backward(count, y.pointer, dy.pointer, dx.pointer)
            cairn_reference_relu_backward(count, y.pointer, dy.pointer, expectedGradient.pointer)
            #expect(isSame(dx.scalars, expectedGradient.scalars), "\(count)")

            set.kernels.relu_forward(count, x.pointer, x.pointer)
            set.kernels.relu_backward(count, y.pointer, dy.pointer, dy.pointer)
            #expect(isSame(x.scalars, expected.scalars), "\(count) in place")
            #expect(isSame(dy.scalars, expectedGradient.scalars), "\(count) in place")
            #expect(x.isGuardIntact && y.isGuardIntact && dx.isGuardIntact && dy.isGuardIntact, "\(count)")
        }
    }

    @Test("relu of a sum equals the reference, in place too; NaN stays NaN", arguments: KernelSet.all)
    func addReLU(set: KernelSet) {
        for count in counts {
            var data = TestData(seed: count)
            let a = Floats(data.integers(count).map { $0 == 3 ? .nan : $0 }, misalignment: count % 3)
            let b = Floats(data.integers(count), misalignment: count % 4)
            let y = Floats(poisoned: count, misalignment: count % 5), expected = Floats(poisoned: count)
            set.kernels.add_relu(count, a.pointer, b.pointer, y.pointer)
            cairn_reference_add_relu(count, a.pointer, b.pointer, expected.pointer)
            #expect(isSame(y.scalars, expected.scalars) && y.isGuardIntact, "\(count)")
            set.kernels.add_relu(count, a.pointer, b.pointer, b.pointer)
            #expect(isSame(b.scalars, expected.scalars) && b.isGuardIntact, "\(count) in place")
        }
    }

    @Test("scaling, sums of squares and transposes equal the reference", arguments: KernelSet.all)
    func arithmetic(set: KernelSet) {
        for count in counts {
            var data = TestData(seed: count)
            let x = Floats(data.integers(count), misalignment: count % 3)
            let y = Floats(data.integers(count), misalignment: count % 4), expected = Floats(y.scalars)
            set.kernels.scale_add(count, 2, x.pointer, 0.5, y.pointer)
            cairn_reference_scale_add(count, 2, x.pointer, 0.5, expected.pointer)
            #expect(y.scalars == expected.scalars, "\(count)")
            set.kernels.scale(count, -0.25, y.pointer)
            cairn_reference_scale(count, -0.25, expected.pointer)
            #expect(y.scalars == expected.scalars && y.isGuardIntact, "\(count)")
            #expect(
                set.kernels.sum_of_squares(count, x.pointer)
                    == cairn_reference_sum_of_squares(count, x.pointer), "\(count)")
            #expect(
                set.kernels.squared_distance(count, x.pointer, y.pointer)
                    == cairn_reference_squared_distance(count, x.pointer, y.pointer), "\(count)")

            for rows in [1, 2, 15, 16, 17, 40] {
                let columns = count / rows
                let transposed = Floats(poisoned: rows * columns), wanted = Floats(poisoned: rows * columns)
                set.kernels.transpose(rows, columns, x.pointer, transposed.pointer)
                cairn_reference_transpose(rows, columns, x.pointer, wanted.pointer)
                #expect(
                    transposed.scalars == wanted.scalars && transposed.isGuardIntact, "\(rows)x\(columns)")
            }
        }
    }

    @Test("columns are copied, and nothing beside them", arguments: KernelSet.all)
    func columns(set: KernelSet) {
        for (index, columns) in counts.prefix(66).enumerated() {
            let (rows, from, to) = (index % 5, columns + index % 3, columns + index % 7)
            var data = TestData(seed: index)
            let x = Floats(data.integers(rows * from), misalignment: index % 3)
            let y = Floats(data.integers(rows * to), misalignment: index % 4), expected = Floats(y.scalars)
            set.kernels.copy_columns(rows, columns, x.pointer, from, y.pointer, to)
            cairn_reference_copy_columns(rows, columns, x.pointer, from, expected.pointer, to)
            #expect(y.scalars == expected.scalars && y.isGuardIntact, "\(columns)")
        }
    }

    @Test("summaries equal the reference", arguments: KernelSet.all)
    func summaries(set: KernelSet) {
        for count in counts {
            var data = TestData(seed: count)
            let special: [Float] = [.nan, .infinity, -.infinity, -0.0]
            let x = Floats(
                data.integers(count, upTo: 9).map { $0 > 5 ? special[Int($0) - 6] : $0 },
                misalignment: count % 3)
            var actual = cairn_summary(), expected = cairn_summary()
            set.kernels.summarize(count, x.pointer, &actual)
            cairn_reference_summarize(count, x.pointer, &expected)
            #expect(actual.sum == expected.sum && actual.square_sum == expected.square_sum, "\(count)")
            #expect(actual.smallest == expected.smallest && actual.largest == expected.largest, "\(count)")
            #expect(actual.zeros == expected.zeros && actual.nonfinite == expected.nonfinite, "\(count)")
        }
    }

    @Test("the first number that is not finite is found wherever it is", arguments: KernelSet.all)
    func firstNonfinite(set: KernelSet) {
        for count in counts {
            var data = TestData(seed: count)
            let x = Floats(
                data.integers(count).map { $0 * (.greatestFiniteMagnitude / 4) }, misalignment: count % 3)
            #expect(set.kernels.first_nonfinite(count, x.pointer) == count)
            for index in stride(from: count - 1, through: 0, by: -max(1, count / 70)) {
                x.pointer[index] = index % 2 == 0 ? .nan : -.infinity
                #expect(set.kernels.first_nonfinite(count, x.pointer) == index, "\(count)")
            }
        }
    }
}

@Suite("Dropout kernel")
struct KernelDropoutTests {
    @Test("every set drops the same elements as the reference", arguments: KernelSet.all)
    func mask(set: KernelSet) {
        for (index, count) in counts.enumerated() {
            let x = Floats([Float](repeating: 3, count: count), misalignment: count % 3)
            let y = Floats(poisoned: count, misalignment: count % 4), expected = Floats(poisoned: count)
            let probability = [0, 0.25, 0.5, 0.9, 1][index % 5] as Float
            let key = UInt64(index) &* 0x1234_5678_9abc_def1
            for first in [0, 77, 0xffff_fff0, 0x5_ffff_ffc1] as [UInt64] {
                set.kernels.dropout(count, x.pointer, probability, key, first, y.pointer)
                cairn_reference_dropout(count, x.pointer, probability, key, first, expected.pointer)
                #expect(y.scalars == expected.scalars, "\(count) from \(first)")
            }
            set.kernels.dropout(count, x.pointer, probability, key, 77, y.pointer)
            set.kernels.dropout(count, x.pointer, probability, key, 77, x.pointer)
            #expect(x.scalars == y.scalars && y.isGuardIntact, "\(count) in place")
        }
    }

    @Test("every set drops the same channels as the reference, in place too", arguments: KernelSet.all)
    func channels(set: KernelSet) {
        for (index, (images, pixels, channels)) in [(1, 1, 1), (3, 4, 5), (2, 9, 16), (4, 3, 33)].enumerated()
        {
            let count = images * pixels * channels
            let x = Floats([Float](repeating: 3, count: count), misalignment: index)
            let y = Floats(poisoned: count, misalignment: index % 3), expected = Floats(poisoned: count)
            set.kernels.spatial_dropout(images, pixels, channels, x.pointer, 0.4, 77, 1000, y.pointer)
            cairn_reference_spatial_dropout(
                images, pixels, channels, x.pointer, 0.4, 77, 1000, expected.pointer)
            #expect(y.scalars == expected.scalars && y.isGuardIntact, "case \(index)")
            set.kernels.spatial_dropout(images, pixels, channels, x.pointer, 0.4, 77, 1000, x.pointer)
            #expect(x.scalars == y.scalars && x.isGuardIntact, "case \(index) in place")
        }
    }

    @Test("what is dropped does not depend on how the work is split", arguments: KernelSet.all)
    func splitting(set: KernelSet) {
        let x = Floats([Float](repeating: 1, count: 500))
        let whole = Floats(poisoned: 500), parts = Floats(poisoned: 500)
        let first: UInt64 = 0xffff_ff00
        set.kernels.dropout(500, x.pointer, 0.5, 42, first, whole.pointer)
        for start in stride(from: 0, to: 500, by: 37) {
            set.kernels.dropout(
                min(37, 500 - start), x.pointer + start, 0.5, 42, first + UInt64(start), parts.pointer + start
            )
        }
        #expect(whole.scalars == parts.scalars)
    }

    /// The share dropped, and the correlation of masks that a layer or a step puts beside each other: neighbours,
    /// rows of a power of two, keys that differ in one bit or are successive. All are averages of n independent
    /// numbers if the hash is good, with standard deviation sqrt(p (1-p) / n) and 1 / sqrt(n); five of those is one
    /// chance in a million for each.
    @Test("masks have the wanted mean and no correlation")
    func statistics() {
        let count = 1 << 16
        let x = Floats([Float](repeating: 1, count: count + 4096)), y = Floats(poisoned: count + 4096)
        func mask(_ probability: Float, key: UInt64, first: UInt64 = 0) -> [Float] {
            cairn_dropout(count + 4096, x.pointer, probability, key, first, y.pointer)
            return y.scalars.map { $0 == 0 ? 1 - probability : -probability }  // centered
        }
        for probability in [0.05, 0.25, 0.5, 0.8] as [Float] {
            for key in [0, 1, 2, 3, 0x8000_0000_0000_0000, .max] as [UInt64] {
                let dropped = mask(probability, key: key)[..<count].reduce(0) { $0 + Double($1) }
                let deviation = (Double(count) * Double(probability * (1 - probability))).squareRoot()
                #expect(abs(dropped) < 5 * deviation, "\(probability), key \(key)")
            }
        }
        let base = mask(0.5, key: 7)
        func correlation(_ other: [Float], lag: Int = 0) -> Double {
            (0..<count).reduce(0) { $0 + Double(base[$1] * other[$1 + lag]) } * 4 / Double(count)
        }
        let limit = 5 / Double(count).squareRoot()
        for lag in [1, 2, 3, 16, 32, 64, 256, 1024, 4096] {
            #expect(abs(correlation(base, lag: lag)) < limit, "lag \(lag)")
        }
        for key in [6, 8, 5, 3, 7 + 1 << 32, 7 + 1 << 63] as [UInt64] {
            #expect(abs(correlation(mask(0.5, key: key))) < limit, "key \(key)")
        }
        #expect(abs(correlation(mask(0.5, key: 7, first: 1 << 32))) < limit)
        #expect(correlation(base) > 0.99)
    }
}
