import CommandLanguage

extension StringProtocol {
    /// The text if it fits, else its beginning and `mark`, together at most `columns` wide.
    package func clipped(to columns: Int, mark: String) -> String {
        guard displayWidth > columns else { return String(self) }
        var (result, width) = ("", mark.displayWidth)
        guard width <= columns else { return "" }
        for character in self {
            width += character.displayWidth
            if width > columns { break }
            result.append(character)
        }
        while result.last == " " { result.removeLast() }
        return result + mark
    }

    /// Spaces on the right, up to `columns`.
    package func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, columns - displayWidth))
    }

    /// Spaces on the left, up to `columns`.
    package func indented(to columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - displayWidth)) + self
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
