import CKernels

/// What there is to say about many numbers at a glance; NaN and infinities are only counted.
package struct Summary: Hashable, Sendable {
    /// All numbers.
    package let count: Int
    /// Of the finite ones; 0 without any.
    package let mean: Double
    /// Standard deviation, `sqrt(mean of (x - mean)^2)`; 0 without finite numbers.
    package let deviation: Double
    /// Of the finite ones; nil without any.
    package let range: ClosedRange<Float>?
    /// Euclidean, of the finite ones.
    package let norm: Double
    package let zeros: Int
    /// NaN and infinities.
    package let nonFinite: Int

    package var isAllZero: Bool { count > 0 && zeros == count }
    /// 0...1; 0 for no numbers.
    package var zeroShare: Double { count > 0 ? Double(zeros) / Double(count) : 0 }
}

extension Tensor {
    package var summary: Summary {
        var found = cairn_summary()
        withUnsafeBufferPointer { scalars in
            guard let base = scalars.baseAddress else { return }
            cairn_summarize(scalars.count, base, &found)
        }
        let finite = Double(max(count - Int(found.nonfinite), 1))
        let mean = found.sum / finite
        return Summary(
            count: count, mean: mean,
            // Rounding may take the difference below 0.
            deviation: max(found.square_sum / finite - mean * mean, 0).squareRoot(),
            range: found.smallest <= found.largest ? found.smallest...found.largest : nil,
            norm: found.square_sum.squareRoot(), zeros: Int(found.zeros), nonFinite: Int(found.nonfinite))
    }

    /// How many finite scalars lie in each of `bins` equal parts of `range`; those outside count for none.
    package func histogram(bins: Int, over range: ClosedRange<Float>) -> [Int] {
        precondition(bins >= 1, "at least one bin")
        var counts = [Int](repeating: 0, count: bins)
        let width = (Double(range.upperBound) - Double(range.lowerBound)) / Double(bins)
        withUnsafeBufferPointer { scalars in
            for scalar in scalars where range.contains(scalar) {
                let place = width > 0 ? Int((Double(scalar) - Double(range.lowerBound)) / width) : 0
                counts[min(place, bins - 1)] += 1
            }
        }
        return counts
    }

    /// The share of scalars that are at most `low` or at least `high`, 0...1.
    package func share(outside low: Float, _ high: Float) -> Double {
        guard count > 0 else { return 0 }
        let found = withUnsafeBufferPointer { scalars in scalars.count { $0 <= low || $0 >= high } }
        return Double(found) / Double(count)
    }

    /// Sets the flag of each channel, the last axis, in which some scalar is more than 0.
    package func markPositiveChannels(_ flags: inout [Bool]) {
        let channels = flags.count
        precondition(channels > 0 && count % channels == 0, "\(shape) has not \(channels) channels")
        withUnsafeBufferPointer { scalars in
            flags.withUnsafeMutableBufferPointer { flags in
                for row in stride(from: 0, to: scalars.count, by: channels) {
                    for channel in 0..<channels where scalars[row + channel] > 0 { flags[channel] = true }
                }
            }
        }
    }
}
