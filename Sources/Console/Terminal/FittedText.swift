// How many columns a text takes on a terminal. The C library's `wcwidth` knows too, but only in the locale of the
// process; results must look the same in a pipe and in a test.

extension Unicode.Scalar {
    /// 0 for combining and invisible characters, 2 for East Asian wide ones and emoji, else 1.
    package var columns: Int {
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if (0x1160...0x11FF).contains(value) { return 0 }
        return isWide ? 2 : 1
    }

    /// East_Asian_Width W and F (Unicode annex 11), in ranges that also take in the unassigned gaps between.
    private var isWide: Bool {
        switch value {
        case ..<0x1100: false
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1B000...0x1B2FF, 0x20000...0x3FFFD:
            true
        default: properties.isEmojiPresentation
        }
    }
}

extension StringProtocol {
    /// The columns of one line of text.
    package var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

    /// The text if it fits, else its beginning and `mark`, together at most `columns` wide.
    package func clipped(to columns: Int, mark: String) -> String {
        guard self.columns > columns else { return String(self) }
        var (result, width) = ("", mark.columns)
        guard width <= columns else { return "" }
        for character in self {
            width += String(character).columns
            if width > columns { break }
            result.append(character)
        }
        return result + mark
    }

    /// Spaces on the right, up to `columns`.
    package func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, columns - self.columns))
    }

    /// Spaces on the left, up to `columns`.
    package func indented(to columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - self.columns)) + self
    }

    /// Without control characters, which could move the cursor or recolour what follows; tabs become four spaces.
    package var printable: String {
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return String(self)
        }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == "\t" {
                result.append(contentsOf: "    ".unicodeScalars)
            } else if scalar == "\n" || scalar.properties.generalCategory != .control {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
