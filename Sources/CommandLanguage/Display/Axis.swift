import Glibc

/// The range of one direction of a chart and the round numbers marked on it.
package struct Axis: Equatable {
    package let lower: Double, upper: Double
    package let ticks: [Double]
    private let step: Double
    /// Where the lower and upper end of a logarithmic axis are, as powers of ten; nil for an even one.
    private var powers: ClosedRange<Double>?

    /// About `count` marks of 1, 2 or 5 times a power of ten for finite values, of which there must be some. A tight axis
    /// ends with the values, another at the marks around them.
    package init(covering values: [Double], count: Int, isTight: Bool) {
        // Differences of larger ones overflow.
        let limit = 1e300
        var lower = min(max(values.min() ?? 0, -limit), limit)
        var upper = min(max(values.max() ?? 0, -limit), limit)
        if upper - lower <= abs(upper) * 1e-12 {
            let margin = lower == 0 ? 1 : max(abs(lower) * 0.1, 1e-300)
            (lower, upper) = (lower - margin, upper + margin)
        }
        var step = Axis.roundStep((upper - lower) / Double(max(1, count)))
        if isTight, values.allSatisfy({ $0 == $0.rounded() }) { step = max(step, 1) }
        self.step = step
        let first = isTight ? (lower / step).rounded(.up) : (lower / step).rounded(.down)
        let last = isTight ? (upper / step).rounded(.down) : (upper / step).rounded(.up)
        self.lower = isTight ? lower : first * step
        self.upper = isTight ? upper : last * step
        ticks = last >= first ? (0...Int(last - first)).map { (first + Double($0)) * step } : []
    }

    /// A logarithmic axis that ends with its values, which are above 0: marks at powers of ten or, over less than two of
    /// them, at 1, 2 and 5 times such.
    package init(logarithmicCovering values: [Double], count: Int) {
        let lower = values.min() ?? 1
        let upper = max(values.max() ?? 10, lower * 1.01)
        let powers = log10(lower)...log10(upper)
        let whole = Int(powers.lowerBound.rounded(.down))...Int(powers.upperBound.rounded(.up))
        let isShort = powers.upperBound - powers.lowerBound < 2
        let stride = max(1, (whole.count + count - 1) / max(count, 1))
        ticks =
            whole.filter { isShort || ($0 - whole.lowerBound) % stride == 0 }
            .flatMap { power in (isShort ? [1.0, 2, 5] : [1]).map { $0 * pow(10, Double(power)) } }
            .filter { (lower * (1 - 1e-9)...upper * (1 + 1e-9)).contains($0) }
        step = lower
        (self.lower, self.upper, self.powers) = (lower, upper, powers)
    }

    /// The smallest of 1, 2, 5 times a power of ten that is no smaller.
    static func roundStep(_ least: Double) -> Double {
        let power = pow(10, log10(least).rounded(.down))
        let factor = [1.0, 2, 5, 10].first { $0 * power >= least * (1 - 1e-9) } ?? 10
        return factor * power
    }

    /// 0 at the lower end and below, 1 at the upper and above.
    package func position(of value: Double) -> Double {
        let place =
            powers.map { (log10(value) - $0.lowerBound) / ($0.upperBound - $0.lowerBound) }
            ?? (value - lower) / (upper - lower)
        return min(1, max(0, place))
    }

    /// A mark's number with as many digits as tell it from the next.
    package func label(_ value: Double) -> String {
        if powers != nil { return value.sixDigits }
        let largest = max(abs(lower), abs(upper))
        let digits = max(0, -Int(log10(step * 1.000001).rounded(.down)))
        if value == 0 || abs(value) < step / 2 { return "0" }
        if largest >= 1e6 || digits > 5 { return Axis.scientific(value, step: step) }
        return Axis.fixed(value, digits: digits)
    }

    private static func fixed(_ value: Double, digits: Int) -> String {
        let scale = pow(10, Double(digits))
        let scaled = Int((abs(value) * scale).rounded())
        let sign = value < 0 && scaled != 0 ? "-" : ""
        if digits == 0 { return sign + String(scaled) }
        let fraction = String(scaled % Int(scale))
        return sign + String(scaled / Int(scale)) + "."
            + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// `2.5e-7`
    private static func scientific(_ value: Double, step: Double) -> String {
        var exponent = Int(log10(abs(value)).rounded(.down))
        var mantissa = value / pow(10, Double(exponent))
        if abs(mantissa) >= 9.999_999 {
            mantissa /= 10
            exponent += 1
        }
        let digits = min(6, max(0, exponent - Int(log10(step * 1.000001).rounded(.down))))
        return fixed(mantissa, digits: digits) + "e" + String(exponent)
    }
}
