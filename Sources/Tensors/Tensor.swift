import CKernels

/// 32-bit floats in memory, outermost extent first.
///
/// A value type, copied on write: a snapshot of a parameter costs nothing until the next update. Loops over
/// scalars belong in this module or in `CKernels`, because element access across a module wall is ~14x slower.
package struct Tensor: @unchecked Sendable {
    package let shape: Shape
    private var storage: Buffer<Float>

    package init(zeros shape: Shape) {
        self.shape = shape
        storage = Buffer(zeros: shape.count)
    }

    /// - Precondition: as many scalars as the shape has.
    package init(_ shape: Shape, _ scalars: [Float]) {
        precondition(
            scalars.count == shape.count, "\(shape) needs \(shape.count) scalars, not \(scalars.count)")
        self.init(zeros: shape)
        scalars.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            storage.pointer.update(from: base, count: source.count)
        }
    }

    package init(_ shape: Shape, repeating scalar: Float) {
        self.shape = shape
        storage = Buffer(repeating: scalar, count: shape.count)
    }

    /// A copy of the first `shape.count` scalars at an address.
    package init(_ shape: Shape, copying scalars: UnsafePointer<Float>) {
        self.init(zeros: shape)
        storage.pointer.update(from: scalars, count: shape.count)
    }

    package var count: Int { shape.count }

    /// A copy, outermost extent first.
    package var scalars: [Float] { withUnsafeBufferPointer(Array.init) }

    package func withUnsafeBufferPointer<R, E>(
        _ body: (UnsafeBufferPointer<Float>) throws(E) -> R
    ) throws(E) -> R {
        try body(UnsafeBufferPointer(start: storage.pointer, count: shape.count))
    }

    /// Copies first if another tensor shares the memory.
    package mutating func withUnsafeMutableBufferPointer<R, E>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws(E) -> R
    ) throws(E) -> R {
        if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
        return try body(UnsafeMutableBufferPointer(start: storage.pointer, count: shape.count))
    }

    /// The scalars, for whoever cannot keep a closure open: valid until the tensor is copied, replaced or gone.
    ///
    /// Copies first if another tensor shares the memory.
    package mutating func uniquePointer() -> UnsafeMutablePointer<Float> {
        if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
        return storage.pointer
    }

    /// The tensor as a row of matrices, each transposed.
    ///
    /// Shapes: `[matrices, rows, columns]` in memory, whatever the extents; the result is `[matrices, columns, rows]`
    /// with the extents `shape`.
    package func transposingMatrices(rows: Int, columns: Int, as shape: Shape) -> Tensor {
        precondition(count == shape.count && count % max(rows * columns, 1) == 0, "\(self.shape) as \(shape)")
        var result = Tensor(zeros: shape)
        result.withUnsafeMutableBufferPointer { destination in
            withUnsafeBufferPointer { source in
                guard let source = source.baseAddress, let destination = destination.baseAddress else {
                    return
                }
                for first in stride(from: 0, to: count, by: max(rows * columns, 1)) {
                    cairn_transpose(rows, columns, source + first, destination + first)
                }
            }
        }
        return result
    }

    /// The index of the first NaN or infinity.
    package var firstNonFinite: Int? {
        withUnsafeBufferPointer { scalars in
            let index = cairn_first_nonfinite(scalars.count, scalars.baseAddress)
            return index < scalars.count ? index : nil
        }
    }
}
