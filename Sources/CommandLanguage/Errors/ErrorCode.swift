/// A kind of error, under a name that stays the same when its wording changes: `unknown-argument`.
///
/// Every module that words errors has an enumeration of them beside the wording; the `switch`es over it have no
/// `default`, so that the compiler asks for the code of a new error and for the explanation of a new code.
package protocol ErrorCode: CaseIterable, RawRepresentable<String>, Sendable {
    /// What `explain` says about it.
    var explanation: ErrorExplanation { get }
}

/// What lies behind an error, with an example of what leads to it and of what avoids it.
package struct ErrorExplanation: Sendable {
    /// The cause, and what to check: a paragraph.
    package let text: String
    /// A script that fails so.
    package let wrong: String
    /// The script mended.
    package let right: String
    /// Runs before either and is not shown; nil if the examples need what only the world can bring about: a damaged
    /// file, a full disk.
    package let setup: String?

    package init(_ text: String, wrong: String, right: String, setup: String = "") {
        (self.text, self.wrong, self.right, self.setup) = (text, wrong, right, setup)
    }

    private init(unstaged text: String, wrong: String, right: String) {
        (self.text, self.wrong, self.right, setup) = (text, wrong, right, nil)
    }

    /// An explanation whose examples cannot be run as they stand.
    package static func unstaged(_ text: String, wrong: String, right: String) -> ErrorExplanation {
        ErrorExplanation(unstaged: text, wrong: wrong, right: right)
    }
}

extension ErrorExplanation {
    fileprivate var firstSentence: String {
        text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) } ?? String(text.dropLast())
    }

    /// As `explain` shows it.
    func page(titled code: String) -> [Displayable] {
        [
            .text(StyledText(code, .heading)), .text(StyledText(text).asProse),
            .text(StyledText("Wrong", .heading)), .text(StyledText(wrong.indented, .code)),
            .text(StyledText("Right", .heading)), .text(StyledText(right.indented, .code)),
        ]
    }
}

/// Every code that an interpreter's errors can have, by name.
package struct ErrorCodes: Sendable {
    /// In the order of their declarations.
    package let names: [String]
    private let explanations: [String: ErrorExplanation]

    /// The language's own codes and those of its host.
    ///
    /// - Precondition: no two codes have the same name.
    package init(host: [any ErrorCode.Type]) {
        let all = (ScriptError.codes + host).flatMap { Self.all($0) }
        names = all.map(\.name)
        explanations = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.explanation) })
    }

    /// What arguments that name one call it.
    static let noun = "error code"

    /// Each with the first sentence of its explanation.
    var completions: [CompletionList.Item] {
        names.sorted().map { CompletionList.Item($0, explanations[$0]?.firstSentence ?? "") }
    }

    package subscript(name: String) -> ErrorExplanation? { explanations[name] }

    private static func all<Code: ErrorCode>(
        _ type: Code.Type
    ) -> [(name: String, explanation: ErrorExplanation)] {
        type.allCases.map { ($0.rawValue, $0.explanation) }
    }
}
