/// Reads numbers, sizes and ranges: `0.001`, `1e-3`, `1_000`, `10%`, `28x28x1`, `0.8..1.2`.
enum NumberReader {
    /// What `%` after a number means.
    enum Percent {
        /// A hundredth, always: commands have no arithmetic.
        case always
        /// A hundredth, unless what follows at once can only be an operand: `(10%3)` is a remainder.
        case unlessOperandFollows
    }

    /// What a whole word spells, or nil if it is just a word.
    static func literal(_ bytes: ArraySlice<UInt8>) -> Token.Kind? {
        if let (extents, end) = size(bytes), end == bytes.endIndex { return .size(extents) }
        guard let (lower, end) = signedNumber(bytes) else { return nil }
        if end == bytes.endIndex { return token(lower, bytes) }
        let rest = bytes[end...]
        guard rest.starts(with: "..".utf8), let (upper, last) = signedNumber(rest.dropFirst(2)),
            last == bytes.endIndex, rest.dropFirst(2).first != UInt8(ascii: ".")
        else { return nil }
        guard lower.isFinite, upper.isFinite else { return token(.infinity, bytes) }
        return lower <= upper ? .range(lower, upper) : .invalid(.reversedRange(lower, upper))
    }

    private static func token(_ number: Double, _ bytes: ArraySlice<UInt8>) -> Token.Kind {
        number.isFinite ? .number(number) : .invalid(.numberTooLarge(String(decoding: bytes, as: UTF8.self)))
    }

    private static func signedNumber(_ bytes: ArraySlice<UInt8>) -> (number: Double, end: Int)? {
        guard let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
            return number(bytes, percent: .always)
        }
        guard let (magnitude, end) = number(bytes.dropFirst(), percent: .always) else { return nil }
        return (sign == UInt8(ascii: "-") ? -magnitude : magnitude, end)
    }

    /// A number without a sign at the start of `bytes`, and where it ends. Infinite if it is too large.
    static func number(_ bytes: ArraySlice<UInt8>, percent: Percent) -> (number: Double, end: Int)? {
        var index = bytes.startIndex
        var digits = ""
        func byte(_ index: Int) -> UInt8? { index < bytes.endIndex ? bytes[index] : nil }
        func takeDigits() {
            while let next = byte(index),
                next.isDigit || (next == UInt8(ascii: "_") && isBetweenDigits(index))
            {
                if next.isDigit { digits.unicodeScalars.append(Unicode.Scalar(next)) }
                index += 1
            }
        }
        func isBetweenDigits(_ index: Int) -> Bool {
            index > bytes.startIndex && bytes[index - 1].isDigit && byte(index + 1)?.isDigit == true
        }
        takeDigits()
        if digits.isEmpty { digits = "0" }
        if byte(index) == UInt8(ascii: "."), byte(index + 1)?.isDigit == true {
            digits += "."
            index += 1
            takeDigits()
        }
        guard index > bytes.startIndex else { return nil }
        if let mark = byte(index), mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
            let sign = byte(index + 1)
            let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
            if byte(index + (isSigned ? 2 : 1))?.isDigit == true {
                digits += sign == UInt8(ascii: "-") ? "e-" : "e"
                index += isSigned ? 2 : 1
                takeDigits()
            }
        }
        guard let number = Double(digits) else { return nil }
        guard byte(index) == UInt8(ascii: "%") else { return (number, index) }
        if percent == .unlessOperandFollows, let next = byte(index + 1),
            next.isNamePart || next == UInt8(ascii: "$") || next == UInt8(ascii: "(")
        {
            return (number, index)
        }
        // The division is exact to the last bit for 10% == 0.1, a product with 0.01 is not.
        return (number / 100, index + 1)
    }

    /// Two or more extents of at least 1 joined by `x`, and where they end. `0x10` is none.
    static func size(_ bytes: ArraySlice<UInt8>) -> (extents: [Int], end: Int)? {
        var extents: [Int] = []
        var index = bytes.startIndex
        while true {
            let start = index
            while index < bytes.endIndex, bytes[index].isDigit { index += 1 }
            guard start < index, bytes[start] != UInt8(ascii: "0"),
                let extent = Int(String(decoding: bytes[start..<index], as: UTF8.self))
            else { return nil }
            extents.append(extent)
            guard index < bytes.endIndex, bytes[index] == UInt8(ascii: "x") else { break }
            index += 1
        }
        return extents.count > 1 ? (extents, index) : nil
    }
}
