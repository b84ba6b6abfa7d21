import Testing

/// What the user sees for wrong input: lines with `> ` are typed, the lines below are shown. One text for each
/// part of the language, in Transcripts/.
enum ShownErrors {}

/// One input of a transcript with what it shows.
struct TranscriptCase: Sendable, CustomTestStringConvertible {
    var typed: String
    var shown: String
    var testDescription: String { typed }

    /// The cases of a transcript, which blank lines separate.
    static func all(in transcript: String) -> [TranscriptCase] {
        transcript.split(separator: "\n\n").map { part in
            let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
            let typed = lines.prefix { $0.hasPrefix("> ") }
            return TranscriptCase(
                typed: typed.map { $0.dropFirst(2) }.joined(separator: "\n"),
                shown: lines.dropFirst(typed.count).joined(separator: "\n").trimmed)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self
        while text.last == "\n" { text.removeLast() }
        return text
    }
}
