extension Diagnostic {
    /// The error as every front end shows it, without a line break at the end:
    /// ```
    /// error[unknown-argument]: `sgd` has no argument `momentun`
    ///   4 | optimizer sgd rate=0.1 momentun=0.9
    ///     |                        ^^^^^^^^ did you mean `momentum`? (number 0..<1, default 0)
    /// ```
    package var rendered: StyledText {
        var runs: [StyledText.Run] = [.init("error", .error)]
        if let code { runs.append(.init("[\(code)]", .faint)) }
        runs += [.init(": ", .error), .init(message, .strong)]
        guard let source, let span else {
            if let hint { runs.append(.init("\n  " + hint)) }
            return StyledText(runs)
        }
        let excerpt = Excerpt(of: span, in: source)
        let number = String(source.line(at: excerpt.lineStart))
        let gutter = String(repeating: " ", count: max(3 - number.count, 0)) + number
        let blank = String(repeating: " ", count: gutter.count)
        let carets = String(repeating: "^", count: max(excerpt.width, 1))
        if source.isIncluded { runs.append(.init("\n  in \(source.name)")) }
        runs.append(.init("\n\(gutter) | ", .faint))
        runs.append(.init(excerpt.text))
        runs.append(.init("\n\(blank) | ", .faint))
        runs.append(.init(String(repeating: " ", count: excerpt.column) + carets, .error))
        if let hint { runs.append(.init(" " + hint)) }
        return StyledText(runs)
    }

    /// Where it is: `first-steps.md:14`, or nil if it has no place.
    package var location: String? {
        guard let source, let span else { return nil }
        return "\(source.name):\(source.line(at: span.start))"
    }
}

/// The line that an error stands in, fit to be shown, with the place of the error in columns of the terminal.
private struct Excerpt {
    /// Longer lines are cut around the error: with the line number they fit 80 columns.
    static let longest = 72

    private(set) var text: String
    /// The UTF-8 offset at which the line starts.
    let lineStart: Int
    private(set) var column: Int
    /// Up to the end of the line for an error that goes on in the next.
    private(set) var width: Int

    init(of span: Span, in source: Source) {
        let bytes = Array(source.text.utf8)
        let start = min(max(span.start, 0), bytes.count)
        lineStart = bytes[..<start].lastIndex(of: .newline).map { $0 + 1 } ?? 0
        let lineEnd = bytes[start...].firstIndex(of: .newline) ?? bytes.count
        let end = min(max(span.end, start), lineEnd)
        let before = Self.shown(bytes[lineStart..<start])
        let inside = Self.shown(bytes[start..<end])
        let after = Self.shown(bytes[end..<lineEnd])
        text = before + inside + after
        while text.last == " " { text.removeLast() }
        column = before.displayWidth
        width = inside.displayWidth
        cut(before, inside, after)
    }

    /// Keeps the error and what is around it of a line that is too long.
    private mutating func cut(_ before: String, _ inside: String, _ after: String) {
        guard text.displayWidth > Self.longest else { return }
        let inside =
            inside.displayWidth > Self.longest / 2 ? inside.prefix(Self.longest / 2) + "..." : inside[...]
        let before = before.displayWidth > Self.longest / 3 ? "..." + before.suffix(Self.longest / 3) : before
        column = before.displayWidth
        width = inside.displayWidth
        let room = max(Self.longest - column - width, 0)
        text = before + inside + (after.displayWidth > room ? after.prefix(room) + "..." : after[...])
    }

    /// Tabs as spaces, other characters that a terminal does not print as `?`.
    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        var shown = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x09: shown += "    "
            case 0x0D: break
            case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                shown += "?"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
