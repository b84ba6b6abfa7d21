// The grammar that messages and help share.

extension String {
    /// "a layer", "an augmentation": right for the nouns that commands declare.
    var withArticle: String { ("aeiou".contains(first ?? " ") ? "an " : "a ") + self }
    /// "layers", "branches": right for the nouns that commands declare.
    var plural: String { self + (hasSuffix("ch") ? "es" : "s") }
}

extension Int {
    /// "1 value", "3 values"
    func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension [String] {
    /// "`a`, `b` or `c`"
    var ticked: String { Argument.Kind.alternatives(map { "`\($0)`" }) }
    /// "`a`, `b` and `c`"
    var listed: String { Argument.Kind.alternatives(map { "`\($0)`" }, joinedBy: "and") }
}

extension String {
    /// The first line, cut to 40 characters.
    var firstLine: String {
        let line = prefix { !$0.isNewline }
        return line.count > 40 || line.count < count ? line.prefix(40) + "..." : String(line)
    }
}
