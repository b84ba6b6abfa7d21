import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

@Suite("Resampling kernel")
struct KernelResampleTests {
    /// Sizes, places and channels in turn, around the width of a block of columns and beyond.
    private static let cases: [cairn_resampling] = {
        var cases: [cairn_resampling] = []
        for input in [(1, 1), (2, 7), (9, 5), (31, 64), (20, 150)] as [(Int32, Int32)] {
            for output in [(1, 1), (3, 2), (9, 5), (17, 65), (8, 129)] as [(Int32, Int32)] {
                for margin in [(0, 0, 0), (1, 2, 3)] as [(Int32, Int32, Int32)] {
                    let channels = [1, 3, 4, 2, 5][cases.count % 5] as Int32
                    // Of whole pixels, and not.
                    let cut = margin.0 == 0 ? 0 : 0.375
                    cases.append(
                        cairn_resampling(
                            input_width: input.1 + margin.1 + margin.2, channels: channels, top: margin.0,
                            left: margin.1, height: input.0, width: input.1, first_row: cut,
                            first_column: cut / 2, rows: Double(input.0) - 2 * cut,
                            columns: Double(input.1) - cut, output_height: output.0, output_width: output.1,
                            output_line: (output.1 + margin.2) * channels))
                }
            }
        }
        return cases
    }()

    @Test("equals the reference to within rounding, and writes nothing else", arguments: KernelSet.all)
    func resamples(set: KernelSet) {
        for (index, geometry) in Self.cases.enumerated() {
            var g = geometry
            var data = TestData(seed: index)
            let x = (0..<Int((g.top + g.height) * g.input_width * g.channels)).map { _ in
                UInt8(truncatingIfNeeded: data.next())
            }
            let line = Int(g.output_line), used = Int(g.output_width * g.channels)
            var y = [UInt8](repeating: 77, count: Int(g.output_height) * line)
            var expected = [Double](repeating: 0, count: Int(g.output_height) * used)
            let scratch = Floats(poisoned: cairn_resampling_scratch(&g), misalignment: index % 3)
            set.kernels.resample(&g, x, &y, scratch.pointer)
            cairn_reference_resample(&g, x, &expected)
            for row in 0..<Int(g.output_height) {
                let found = y[row * line..<(row + 1) * line]
                let isClose = zip(found, expected[row * used..<(row + 1) * used]).allSatisfy {
                    abs(Double($0) - $1) < 0.501
                }
                #expect(isClose && found.dropFirst(used).allSatisfy { $0 == 77 }, "case \(index), row \(row)")
            }
            #expect(scratch.isGuardIntact, "case \(index)")
        }
    }

    @Test("the brightest and the darkest stay so", arguments: KernelSet.all)
    func extremes(set: KernelSet) {
        for value in [0, 255] as [UInt8] {
            var g = cairn_resampling(
                input_width: 37, channels: 3, top: 0, left: 0, height: 23, width: 37, first_row: 0,
                first_column: 0,
                rows: 23, columns: 37, output_height: 11, output_width: 70, output_line: 210)
            let x = [UInt8](repeating: value, count: 23 * 37 * 3)
            var y = [UInt8](repeating: 77, count: 11 * 210)
            let scratch = Floats(poisoned: cairn_resampling_scratch(&g))
            set.kernels.resample(&g, x, &y, scratch.pointer)
            #expect(y.allSatisfy { $0 == value })
        }
    }
}
