/// Differences of pairs that have everything in common but what is compared, such as two trainings of one seed.
package struct PairedDifference: Hashable, Sendable {
    package let differences: [Double]

    /// - Precondition: at least one.
    package init(_ differences: [Double]) {
        precondition(!differences.isEmpty, "a mean needs numbers")
        self.differences = differences
    }

    package var mean: Double { differences.reduce(0, +) / Double(differences.count) }

    /// Where the mean of ever more pairs lies, in 95 of 100 such experiments: mean +- t s / sqrt(n), with the deviation s
    /// of the differences and Student's t of n - 1 degrees of freedom. Nil for one pair, or where a number is missing.
    package var interval: ClosedRange<Double>? {
        let count = Double(differences.count)
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard differences.count > 1, squares.isFinite else { return nil }
        let error = (squares / (count - 1) / count).squareRoot()
        let reach = StudentT(degrees: differences.count - 1).quantile(0.975) * error
        return mean - reach...mean + reach
    }
}
