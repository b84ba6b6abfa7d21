import Glibc

/// Student's t distribution: of a mean of few measurements over its estimated error. (Student, 1908)
package struct StudentT: Hashable, Sendable {
    /// Degrees of freedom.
    private let degrees: Double

    /// - Precondition: at least one degree of freedom.
    package init(degrees: Int) {
        precondition(degrees >= 1, "a t distribution has a degree of freedom")
        self.degrees = Double(degrees)
    }

    /// P(T <= t) = 1 - I(v / (v + t^2); v/2, 1/2) / 2 for t >= 0, with the regularised incomplete beta function I.
    package func probability(below t: Double) -> Double {
        let tail = Self.incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
        return t < 0 ? tail : 1 - tail
    }

    /// The t that lies above a share of the distribution: 2.776 for 0.975 and 4 degrees of freedom.
    ///
    /// - Precondition: 0 < `share` < 1.
    package func quantile(_ share: Double) -> Double {
        precondition(share > 0 && share < 1, "a quantile is of a share between 0 and 1")
        guard share >= 0.5 else { return -quantile(1 - share) }
        var (lower, upper) = (0.0, 1.0)
        while probability(below: upper) < share { (lower, upper) = (upper, upper * 2) }
        while true {
            let middle = (lower + upper) / 2
            guard middle > lower, middle < upper else { return middle }
            if probability(below: middle) < share { lower = middle } else { upper = middle }
        }
    }

    /// The regularised incomplete beta function I(x; a, b), by its continued fraction. (DLMF 8.17.22)
    private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges fast on this side only.
        if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
        let factor = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
        // From the innermost term outward: after so many the rest is below rounding.
        var fraction = 1.0
        for term in stride(from: 400, through: 1, by: -1) {
            let m = Double(term / 2)
            let coefficient =
                term.isMultiple(of: 2)
                ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            fraction = 1 + coefficient / fraction
        }
        return factor / fraction
    }
}
