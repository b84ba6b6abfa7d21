/// Predictions sorted by how confident the network was, in 15 bins of equal width (Guo et al., 2017).
package struct Calibration: Hashable, Sendable {
    package static let binCount = 15

    /// Predictions whose largest probability lies in a part of 0...1.
    package struct Bin: Hashable, Sendable {
        package let count: Int
        /// The sum of those probabilities.
        package let confidence: Double
        /// How many were right.
        package let correct: Int
    }

    package let bins: [Bin]

    package init(bins: [Bin]) { self.bins = bins }

    /// ECE, the expected calibration error: how far confidence is from accuracy, mean over the predictions, 0...1; nil
    /// if all were NaN.
    package var error: Double? {
        let count = bins.reduce(0) { $0 + $1.count }
        guard count > 0 else { return nil }
        return bins.reduce(0) { $0 + abs($1.confidence - Double($1.correct)) } / Double(count)
    }
}
