import Tensors
import Testing

struct GeometryTests {
    /// (input, kernel, stride, padding) -> (output, rows above): PyTorch's arithmetic, and TensorFlow's for a strided `same`.
    @Test(
        arguments: [
            ((28, 3, 1, .valid), (26, 0)), ((28, 3, 1, .same), (28, 1)), ((28, 5, 1, .same), (28, 2)),
            ((5, 2, 1, .same), (5, 0)), ((5, 4, 1, .same), (5, 1)), ((7, 3, 2, .explicit(1)), (4, 1)),
            ((8, 3, 2, .explicit(1)), (4, 1)), ((6, 3, 2, .same), (3, 0)), ((7, 3, 2, .same), (4, 1)),
            ((5, 2, 2, .valid), (2, 0)), ((5, 1, 3, .same), (2, 0)), ((4, 4, 1, .valid), (1, 0)),
            ((1, 3, 1, .same), (1, 1)), ((3, 1, 1, .explicit(2)), (7, 2)),
        ] as [((Int, Int, Int, Padding), (Int, Int))])
    func outputSize(window: (Int, Int, Int, Padding), expected: (Int, Int)) throws {
        let (input, kernel, stride, padding) = window
        let geometry = try Geometry(
            input: Size(height: input, width: 65_536), kernel: Size(height: kernel, width: 1),
            stride: Size(height: stride, width: 1), padding: padding)
        #expect(geometry.output.height == expected.0)
        #expect(geometry.padTop == expected.1)
        // Columns are computed alike, and not mixed up with rows.
        let turned = try Geometry(
            input: Size(height: 65_536, width: input), kernel: Size(height: 1, width: kernel),
            stride: Size(height: 1, width: stride), padding: padding)
        #expect(turned.output.width == expected.0 && turned.padLeft == expected.1)
        #expect(turned.output.height == geometry.output.width && turned.padTop == geometry.padLeft)
    }

    /// A dilated kernel is as large as one with zeros between its taps.
    @Test(arguments: [(3, 2), (2, 4), (5, 3)])
    func aDilatedKernelReachesFurther(kernel: Int, dilation: Int) throws {
        let reach = dilation * (kernel - 1) + 1
        for padding in [.valid, .same, .explicit(2)] as [Padding] {
            let dilated = try Geometry(
                input: 20, kernel: Size(kernel), stride: 2, padding: padding, dilation: Size(dilation))
            let plain = try Geometry(input: 20, kernel: Size(reach), stride: 2, padding: padding)
            #expect(dilated.output == plain.output && dilated.padTop == plain.padTop)
        }
        #expect(throws: GeometryError.kernelTooLarge(reach: Size(reach), padded: Size(reach - 1))) {
            try Geometry(
                input: Size(reach - 1), kernel: Size(kernel), stride: 1, padding: .valid,
                dilation: Size(dilation))
        }
    }

    @Test func aKernelLargerThanThePaddedInputDoesNotFit() {
        #expect(throws: GeometryError.kernelTooLarge(reach: 6, padded: 5)) {
            try Geometry(input: 3, kernel: 6, stride: 1, padding: .explicit(1))
        }
    }

    @Test(
        arguments: [
            ("input", Size(0), 1, 1, .valid), ("kernel", 3, Size(height: 1, width: 0), 1, .valid),
            ("stride", 3, 1, Size(-1), .same), ("stride", 3, 1, Size(.max), .same),
            ("the dilated kernel", 3, 60_000, 1, .valid),
            ("padding", 3, 1, 1, .explicit(-1)), ("padding", 3, 1, 1, .explicit(.max)),
        ] as [(String, Size, Size, Size, Padding)])
    func extentsHaveLimits(what: String, input: Size, kernel: Size, stride: Size, padding: Padding) {
        let error = #expect(throws: GeometryError.self) {
            try Geometry(input: input, kernel: kernel, stride: stride, padding: padding, dilation: 2)
        }
        guard case .outOfRange(let found, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found == what)
    }
}
