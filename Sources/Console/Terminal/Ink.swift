import CommandLanguage

/// A look, as the numbers of an SGR escape sequence (ECMA-48, 8.3.117).
package struct Ink: Sendable, Equatable {
    var codes: String

    /// How a role looks on any terminal with colours; bold and faint carry most, colours only add.
    package init(_ role: StyledText.Role) {
        codes =
            switch role {
            case .plain, .bars: ""
            case .heading, .strong: "1"
            case .faint: "2"
            case .code: "36"
            case .good: "32"
            case .warning: "33"
            case .error: "1;31"
            }
    }

    /// The colour of the n-th curve of a chart; they repeat after six.
    ///
    /// Of 256 colours those that can be read on black and on white, about as Okabe and Ito's (2008) in files.
    package init(series index: Int, of colors: Terminal.Colors) {
        codes =
            colors >= .indexed
            ? "38;5;\([32, 166, 29, 169, 136, 244][index % 6])"
            : ["34", "31", "32", "35", "36", "33"][index % 6]
    }

    init(codes: String) { self.codes = codes }

    /// The same look, but fainter.
    var faint: Ink { Ink(codes: codes.isEmpty ? "2" : "2;" + codes) }
}

extension Terminal {
    /// The text between the escapes that set a look and reset it, or the text alone without colours.
    package func paint(_ text: String, _ ink: Ink) -> String {
        colors == .none || ink.codes.isEmpty || text.isEmpty ? text : "\u{1B}[\(ink.codes)m\(text)\u{1B}[0m"
    }

    /// The runs of a text in the looks of their roles, safe to print.
    package func paint(_ text: StyledText) -> String {
        text.runs.map { paint(($0.role == .bars ? bars($0.text) : $0.text).printable, Ink($0.role)) }.joined()
    }

    /// Where there are no blocks, digits.
    private func bars(_ heights: String) -> String {
        isUnicode ? StyledText.blocks(heights) : heights.replacing("0", with: " ")
    }
}
