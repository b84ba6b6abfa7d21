#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A number as people read it: whole numbers in full, others with six significant digits.
package func formatted(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    let digits = 6
    let exponent = Int(log10(abs(number)).rounded(.down))
    // 10^308 is the largest power there is; smaller numbers are shown as they are.
    guard abs(digits - 1 - exponent) < 300 else { return literal(number) }
    let scale = pow(10, Double(abs(digits - 1 - exponent)))
    let rounded =
        digits - 1 >= exponent ? (number * scale).rounded() / scale : (number / scale).rounded() * scale
    return literal(rounded)
}

/// A number with every digit that matters, as it would be typed: reading it gives the same number.
package func literal(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 {
        return number.sign == .minus && number == 0 ? "-0" : String(Int(number))
    }
    let text = String(number)
    guard let mark = text.firstIndex(of: "e") else { return text }
    // "1e-05" is typed 1e-5.
    var mantissa = text[..<mark]
    if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
    return "\(mantissa)e\(Int(text[text.index(after: mark)...]) ?? 0)"
}
