import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

/// Images made larger, smaller and neither, by whole factors and others, with channels around the vectors' widths.
private let cases: [(geometry: cairn_resizing, images: Int)] = {
    let channels: [Int32] = [1, 3, 16, 5, 17, 33, 8]
    let sizes: [(Int32, Int32, Int32, Int32)] = [
        (1, 1, 1, 1), (1, 1, 4, 3), (3, 5, 6, 10), (4, 4, 4, 4), (7, 3, 10, 5), (6, 8, 3, 2), (5, 9, 2, 7),
        (10, 3, 1, 1), (2, 2, 14, 9), (13, 11, 5, 4),
    ]
    return sizes.enumerated().flatMap { index, size in
        [0, 1].map { turn in
            (
                cairn_resizing(
                    input_height: size.0, input_width: size.1,
                    channels: channels[(2 * index + turn) % channels.count], output_height: size.2,
                    output_width: size.3), (index + turn) % 4
            )
        }
    }
}()

@Suite("Resizing kernels")
struct KernelResizeTests {
    typealias Kernel =
        @convention(c) (
            UnsafePointer<cairn_resizing>?, Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?
        ) -> Void

    /// Weights of single precision instead of double move a sum of small whole numbers this far at most.
    private static let tolerance: Float = 2e-5

    private func expectEqual(
        _ forward: Kernel, _ backward: Kernel, _ expectedForward: Kernel, _ expectedBackward: Kernel
    ) {
        for (index, (geometry, images)) in cases.enumerated() {
            var g = geometry
            let inputs = images * Int(g.input_height * g.input_width * g.channels)
            let outputs = images * Int(g.output_height * g.output_width * g.channels)
            var data = TestData(seed: index)
            let x = Floats(data.integers(inputs), misalignment: index % 3)
            let y = Floats(poisoned: outputs, misalignment: index % 5), expected = Floats(poisoned: outputs)
            forward(&g, images, x.pointer, y.pointer)
            expectedForward(&g, images, x.pointer, expected.pointer)
            #expect(isNear(y, expected) && y.isGuardIntact, "case \(index)")

            let dy = Floats(data.integers(outputs), misalignment: index % 2)
            let dx = Floats(poisoned: inputs, misalignment: index % 7)
            let expectedGradient = Floats(poisoned: inputs)
            backward(&g, images, dy.pointer, dx.pointer)
            expectedBackward(&g, images, dy.pointer, expectedGradient.pointer)
            #expect(isNear(dx, expectedGradient) && dx.isGuardIntact, "case \(index)")
        }
    }

    private func isNear(_ a: Floats, _ b: Floats) -> Bool {
        zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= Self.tolerance * max(abs($1), 1) }
    }

    @Test("adaptive averages and their gradients equal the reference", arguments: KernelSet.all)
    func adaptive(set: KernelSet) {
        expectEqual(
            set.kernels.adaptive_avgpool_forward, set.kernels.adaptive_avgpool_backward,
            cairn_reference_adaptive_avgpool_forward, cairn_reference_adaptive_avgpool_backward)
    }

    @Test("nearest pixels and their gradients equal the reference", arguments: KernelSet.all)
    func nearest(set: KernelSet) {
        expectEqual(
            set.kernels.nearest_forward, set.kernels.nearest_backward, cairn_reference_nearest_forward,
            cairn_reference_nearest_backward)
    }

    @Test("bilinear means and their gradients equal the reference", arguments: KernelSet.all)
    func bilinear(set: KernelSet) {
        expectEqual(
            set.kernels.bilinear_forward, set.kernels.bilinear_backward, cairn_reference_bilinear_forward,
            cairn_reference_bilinear_backward)
    }
}
