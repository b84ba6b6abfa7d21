/// What a name is made of.
struct NameRule {
    private let marks: String

    /// A variable's, argument's or parameter's: after `$` a `-` is a minus.
    static let variable = NameRule(marks: "_")
    /// A command's, or what a command calls something.
    static let word = NameRule(marks: "-_")

    func allows(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter else { return false }
        return text.utf8.allSatisfy { $0.isNamePart || marks.utf8.contains($0) }
    }

    /// Parts with dots between them, which may begin with a digit: `layer1.0`.
    static func allowsDotted(_ text: String) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            part.first?.isNamePart == true
                && part.allSatisfy { $0.isNamePart || word.marks.utf8.contains($0) }
        }
    }
}

extension NameRule: CustomStringConvertible {
    var description: String {
        let signs = marks.map { "`\($0)`" }
        return "an ASCII letter or `_`, then ASCII letters, digits"
            + (signs.count == 1 ? " and " : ", ") + signs.joined(separator: " and ")
    }
}
