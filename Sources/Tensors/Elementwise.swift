import CKernels

// Small functions over whole tensors, for modules that must not loop over scalars across the module wall.

extension Tensor {
    /// `self = a x + b self`, element by element.
    package mutating func combine(_ a: Float, _ x: Tensor, _ b: Float) {
        precondition(x.shape == shape, "\(x.shape) onto \(shape)")
        x.withUnsafeBufferPointer { x in
            withUnsafeMutableBufferPointer { y in
                guard let source = x.baseAddress, let target = y.baseAddress else { return }
                cairn_scale_add(y.count, a, source, b, target)
            }
        }
    }

    /// Takes over the scalars of `other`, without new memory unless a copy shares this tensor's.
    package mutating func assign(_ other: Tensor) {
        precondition(other.shape == shape, "\(other.shape) into \(shape)")
        other.withUnsafeBufferPointer { source in
            withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress else { return }
                target.baseAddress?.update(from: from, count: source.count)
            }
        }
    }

    /// In double precision; NaN or infinite if a scalar is.
    package var sumOfSquares: Double {
        withUnsafeBufferPointer { cairn_sum_of_squares($0.count, $0.baseAddress) }
    }

    /// `|self - other|^2` in double precision.
    package func squaredDistance(to other: Tensor) -> Double {
        precondition(other.shape == shape, "\(other.shape) and \(shape)")
        return withUnsafeBufferPointer { a in
            other.withUnsafeBufferPointer { b in cairn_squared_distance(a.count, a.baseAddress, b.baseAddress)
            }
        }
    }

    /// The largest absolute value, NaN and infinities left out; 0 if there is none.
    package var largestFiniteMagnitude: Float {
        withUnsafeBufferPointer { scalars in
            scalars.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
        }
    }

    /// The mean of the absolute values, in double precision; NaN if there are no scalars.
    package var meanMagnitude: Double {
        withUnsafeBufferPointer { $0.reduce(0.0) { $0 + Double(abs($1)) } / Double(count) }
    }

    /// How many scalars are NaN or infinite.
    package var nonFiniteCount: Int { withUnsafeBufferPointer { $0.count { !$0.isFinite } } }

    /// Whether both have the same shape and the same bits: NaN equals itself, and 0 differs from -0.
    package func isIdentical(to other: Tensor) -> Bool {
        guard shape == other.shape else { return false }
        return withUnsafeBufferPointer { a in
            other.withUnsafeBufferPointer { b in zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern } }
        }
    }
}

/// `floats = scale[c] bytes + shift[c]`: pixels, channels last, into an image's place in a batch.
package func normalize(
    _ bytes: UnsafeBufferPointer<UInt8>, scale: [Float], shift: [Float],
    into floats: UnsafeMutableBufferPointer<Float>
) {
    precondition(bytes.count == floats.count && bytes.count % scale.count == 0 && scale.count == shift.count)
    guard let source = bytes.baseAddress, let target = floats.baseAddress else { return }
    cairn_bytes_to_floats(bytes.count / scale.count, scale.count, source, scale, shift, target)
}
