extension Double {
    /// As it would be typed, with every digit that matters: `5`, `0.001`, `1e-5`. Settings print their numbers so.
    package var written: String {
        if self == rounded(), abs(self) < 1e15 { return String(Int(self)) }
        let text = String(self)
        guard let mark = text.firstIndex(of: "e") else { return text }
        // "1e-05" is typed 1e-5.
        var mantissa = text[..<mark]
        if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
        return "\(mantissa)e\(Int(text[text.index(after: mark)...]) ?? 0)"
    }
}

extension Float {
    /// As it would be typed, with every digit that matters.
    package var written: String {
        // The shortest digits that a float needs, where a double would need more.
        Double(description)?.written ?? description
    }
}
