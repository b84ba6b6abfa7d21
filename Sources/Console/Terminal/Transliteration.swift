import CommandLanguage

extension Terminal {
    /// The text with what formulas are written with in ASCII, if this is all that there is: `√2` is `sqrt 2`.
    ///
    /// Letters of names and captions stay as they are, since nothing stands for them.
    func transliterated(_ text: StyledText) -> StyledText {
        guard !isUnicode else { return text }
        var text = text
        for index in text.runs.indices { text.runs[index].text = transliterated(text.runs[index].text) }
        return text
    }

    func transliterated(_ text: String) -> String {
        guard !isUnicode, text.unicodeScalars.contains(where: { !$0.isASCII }) else { return text }
        let spelled = text.unicodeScalars.map { spellings[$0] ?? String($0) }.joined()
        // A sign and a letter are one exponent.
        return spelled.replacing("^-^", with: "^-")
    }
}

private let spellings: [Unicode.Scalar: String] = [
    "\u{B7}": "*", "\u{2212}": "-", "\u{B1}": "+-", "\u{2016}": "||", "\u{221A}": "sqrt ",
    "\u{3A3}": "sum ", "\u{3A6}": "Phi", "\u{3C0}": "pi", "\u{3BC}": "mu", "\u{BD}": "1/2",
    "\u{B2}": "^2", "\u{B3}": "^3", "\u{2E3}": "^x", "\u{2096}": "_k", "\u{207B}": "^-",
    "\u{230A}": "floor(", "\u{230B}": ")", "\u{2308}": "ceil(", "\u{2309}": ")",
    // A hat over the letter before it.
    "\u{302}": "",
]
