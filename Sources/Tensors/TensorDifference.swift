/// How far two tensors of one shape are apart.
package struct TensorDifference: Hashable, Sendable {
    /// The scalar that changed most, NaN and infinities before all others.
    package struct Change: Hashable, Sendable {
        package let index: Int
        package let from: Float
        package let to: Float
    }

    /// Of all differences.
    package let sumOfSquares: Double
    /// Nil if all bits are the same.
    package let largest: Change?
}

extension Tensor {
    /// What has become of this tensor in `other`; NaN equals itself, and 0 differs from -0.
    ///
    /// - Precondition: one shape.
    package func difference(to other: Tensor) -> TensorDifference {
        precondition(shape == other.shape, "\(shape) and \(other.shape)")
        var sum = 0.0
        var (index, size) = (-1, -1.0)
        withUnsafeBufferPointer { a in
            other.withUnsafeBufferPointer { b in
                for i in a.indices where a[i].bitPattern != b[i].bitPattern {
                    let change = abs(Double(b[i]) - Double(a[i]))
                    sum += change * change
                    let rank = change.isNaN ? .infinity : change
                    if rank > size { (index, size) = (i, rank) }
                }
            }
        }
        guard index >= 0 else { return TensorDifference(sumOfSquares: 0, largest: nil) }
        let change = withUnsafeBufferPointer { a in
            other.withUnsafeBufferPointer { b in
                TensorDifference.Change(index: index, from: a[index], to: b[index])
            }
        }
        return TensorDifference(sumOfSquares: sum, largest: change)
    }
}
