#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Double {
    /// As people read it: whole numbers in full, others with six significant digits.
    package var sixDigits: String { significant(6) }

    /// Whole numbers in full, others with so many significant digits.
    package func significant(_ digits: Int) -> String {
        guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
        if self == rounded(), abs(self) < 1e15 { return String(Int(self)) }
        let shift = digits - 1 - Int(log10(abs(self)).rounded(.down))
        // 10^308 is the largest power there is; numbers near the ends of the range are shown in full.
        guard abs(shift) < 300 else { return literal }
        let scale = pow(10, Double(abs(shift)))
        return (shift >= 0 ? (self * scale).rounded() / scale : (self / scale).rounded() * scale).literal
    }

    /// As it would be typed, with every digit that matters: reading it gives the same number.
    package var literal: String {
        if self == rounded(), abs(self) < 1e15 {
            return self == 0 && sign == .minus ? "-0" : String(Int(self))
        }
        let text = String(self)
        guard let mark = text.firstIndex(of: "e") else { return text }
        // "1e-05" is typed 1e-5.
        var mantissa = text[..<mark]
        if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
        return "\(mantissa)e\(Int(text[text.index(after: mark)...]) ?? 0)"
    }
}
