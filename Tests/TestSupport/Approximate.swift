import Tensors

/// The largest difference of two tensors, relative to the largest value of the expected one.
///
/// Infinite where shapes differ or one of two numbers is NaN; an expected tensor of zeros is compared absolutely.
package func relativeDifference(_ found: Tensor, _ expected: Tensor) -> Float {
    guard found.shape == expected.shape else { return .infinity }
    var largest: Float = 0
    var difference: Float = 0
    for (a, b) in zip(found.scalars, expected.scalars) {
        if a == b || (a.isNaN && b.isNaN) { continue }
        guard a.isFinite, b.isFinite else { return .infinity }
        difference = max(difference, abs(a - b))
    }
    for b in expected.scalars where b.isFinite { largest = max(largest, abs(b)) }
    return largest > 0 ? difference / largest : difference
}

extension Tensor {
    /// For comparisons of every bit, NaN included.
    package var bits: [UInt32] { scalars.map(\.bitPattern) }
}
