import Glibc
import Tensors

extension RandomStream {
    mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(uniform())
    }

    /// The sides of a rectangle with a random share of an area, rounded to whole pixels: the first side over the second
    /// is in `ratio`, drawn evenly on a logarithmic scale.
    mutating func sides(
        area: Int, share: ClosedRange<Double>, ratio: ClosedRange<Double>
    ) -> (first: Double, second: Double) {
        let part = Double(area) * uniform(in: share)
        let ratio = exp(uniform(in: log(ratio.lowerBound)...log(ratio.upperBound)))
        return ((part * ratio).squareRoot().rounded(), (part / ratio).squareRoot().rounded())
    }

    /// A share in 0...1 from the symmetric beta distribution: near 0 or 1 for a small `alpha`, near ½ for a large one.
    package mutating func beta(_ alpha: Double) -> Float {
        let (first, second) = (logGamma(alpha), logGamma(alpha))
        // As a difference of logarithms, because for a small alpha both numbers are too small for a double.
        return Float(1 / (1 + exp(second - first)))
    }

    /// The logarithm of a number from the gamma distribution with this shape (Marsaglia & Tsang, 2000).
    private mutating func logGamma(_ shape: Double) -> Double {
        guard shape >= 1 else {
            let boost = log(1 - Double(uniform())) / shape
            return logGamma(shape + 1) + boost
        }
        let d = shape - 1.0 / 3, c = 1 / (9 * d).squareRoot()
        while true {
            let x = Double(normal()), v = pow(1 + c * x, 3)
            guard v > 0 else { continue }
            if log(1 - Double(uniform())) < x * x / 2 + d - d * v + d * log(v) { return log(d) + log(v) }
        }
    }
}
