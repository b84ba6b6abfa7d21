extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    /// A space that never ends a line.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
    var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }
    /// What a name may start with: `_` counts as a letter.
    var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || self == UInt8(ascii: "_")
    }
    var isNamePart: Bool { isLetter || isDigit }
}
