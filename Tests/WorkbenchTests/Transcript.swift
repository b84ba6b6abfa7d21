import Foundation
import Testing

/// A session as a test: lines that start with `> ` are typed (`| ` goes on with the same entry), the others are what
/// must be shown. `scripts/update-transcripts` writes what is shown now; git's diff is the review.
struct Transcript: CustomTestStringConvertible {
    struct Exchange {
        var typed: String
        var shown: String
    }

    let name: String
    let exchanges: [Exchange]

    var testDescription: String { name }

    init(name: String, text: String) {
        var exchanges: [Exchange] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("> ") {
                exchanges.append(Exchange(typed: String(line.dropFirst(2)), shown: ""))
            } else if line.hasPrefix("| "), let last = exchanges.indices.last, exchanges[last].shown.isEmpty {
                exchanges[last].typed += "\n" + line.dropFirst(2)
            } else if let last = exchanges.indices.last {
                exchanges[last].shown += line + "\n"
            }
        }
        for index in exchanges.indices { exchanges[index].shown = Self.normalized(exchanges[index].shown) }
        self.name = name
        self.exchanges = exchanges
    }

    /// What differs from run to run becomes a word, and trailing space goes.
    static func normalized(_ shown: String) -> String {
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.replacing(#/█[█░]*/#, with: "<bar>")
                .replacing(#/\d{4}-\d\d-\d\d \d\d:\d\d/#, with: "YYYY-MM-DD HH:MM")
                .replacing(#/first (NaN|infinity)/#, with: "first <not finite>").replacing(
                    #/[0-9]+( [0-9]{3})* img\/s/#, with: "<speed>"
                )
                .replacing(#/\s+$/#, with: "")
        }
        return lines.joined(separator: "\n").trimmingCharacters(in: .newlines)
    }

    /// Whether two outputs are the same but for decimals that differ by at most two in their last written digit:
    /// another instruction set adds in another order.
    static func isClose(_ found: String, _ expected: String) -> Bool {
        let decimal = #/-?[0-9]+(?:\.[0-9]+(?:e[+-]?[0-9]+)?|e[+-]?[0-9]+)/#
        guard found.replacing(decimal, with: "<number>") == expected.replacing(decimal, with: "<number>")
        else {
            return false
        }
        return zip(found.matches(of: decimal), expected.matches(of: decimal)).allSatisfy { found, expected in
            let parts = expected.output.split(separator: "e")
            let digits = parts[0].drop { $0 != "." }.dropFirst().count
            let exponent = parts.count > 1 ? Double(String(parts[1])) ?? 0 : 0
            guard let a = Double(String(found.output)), let b = Double(String(expected.output)) else {
                return false
            }
            // A number such as `6e-9` is rounding; one such as `2e-4` has no digit to spare.
            let lastDigits = digits > 0 ? 2.5 * pow(10, exponent - Double(digits)) : 0
            return abs(a - b) < max(lastDigits, 1e-6 * abs(b), 1e-7)
        }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Transcripts")

    static func all() throws -> [Transcript] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "txt" }
            .sorted { $0.path < $1.path }
            .map { Transcript(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
    }

    /// The transcript with what was shown this time.
    func text(shown: [String]) -> String {
        zip(exchanges, shown).map { exchange, shown in
            let lines = exchange.typed.split(separator: "\n", omittingEmptySubsequences: false)
            let typed = "> " + lines.joined(separator: "\n| ")
            return shown.isEmpty ? typed + "\n" : typed + "\n" + shown + "\n"
        }.joined(separator: "\n")
    }
}
