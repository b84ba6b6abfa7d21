import CommandLanguage

extension StyledText {
    /// The runs of each line.
    var lines: [StyledText] {
        var lines = [StyledText([])]
        for run in runs {
            for (index, part) in run.text.split(separator: "\n", omittingEmptySubsequences: false)
                .enumerated()
            {
                if index > 0 { lines.append(StyledText([])) }
                if !part.isEmpty { lines[lines.count - 1].runs.append(Run(String(part), run.role)) }
            }
        }
        return lines
    }

    var displayWidth: Int { runs.reduce(0) { $0 + $1.text.displayWidth } }

    /// One line broken at spaces into lines at most `width` wide, which go on `hang` columns after the start of its first
    /// word, in an error after that behind the carets; a longer word is cut.
    func wrapped(to width: Int, hang: Int = 0) -> [StyledText] {
        guard displayWidth > width, width > 0 else { return [self] }
        let start = plain.first == " " ? plain.prefix { " |^".contains($0) }.count : 0
        let indent = min(start + hang, width / 2)
        var lines: [StyledText] = []
        var line = StyledText([])
        var used = 0
        // Spaces wait for the word after them: at the end of a line they are dropped.
        var gap: Run?

        func breakLine() {
            lines.append(line)
            line = StyledText(indent > 0 ? [Run(String(repeating: " ", count: indent))] : [])
            used = indent
            gap = nil
        }
        for word in words.flatMap({ $0.pieces(fitting: width) }) {
            if word.text.first == " " {
                gap = word
                continue
            }
            if used + (gap?.text.displayWidth ?? 0) + word.text.displayWidth > width, used > indent {
                breakLine()
            }
            if let space = gap {
                line.append(space)
                used += space.text.displayWidth
                gap = nil
            }
            for character in word.text {
                let columns = character.displayWidth
                if used + columns > width, used > indent { breakLine() }
                line.append(Run(String(character), word.role))
                used += columns
            }
        }
        return lines + [line]
    }

    /// A line of code with so many spaces put in that a screen of that width breaks it at words by itself: copied, it is
    /// still one line. Texts in quotes stay as they are.
    func folded(to width: Int) -> StyledText {
        let noBreak: Character = "\u{A0}"
        var isQuoted = false
        let protected = StyledText(
            runs.map { run in
                Run(
                    String(
                        run.text.map { character in
                            if character == "\"" { isQuoted.toggle() }
                            return isQuoted && character == " " ? noBreak : character
                        }), run.role)
            })
        let rows = protected.wrapped(to: width, hang: 4)
        let padded = rows.dropLast().map { row in
            row + StyledText(String(repeating: " ", count: max(width - row.displayWidth, 0)))
        }
        return StyledText(
            (padded + rows.suffix(1)).flatMap(\.runs).map { run in
                Run(run.text.replacing(String(noBreak), with: " "), run.role)
            })
    }
    /// That of its longest part that is never cut.
    var narrowestWidth: Int { words.flatMap { $0.pieces(fitting: 1) }.map(\.text.displayWidth).max() ?? 0 }

    /// Words and the spaces between them, as runs.
    private var words: [Run] {
        var words: [Run] = []
        for run in runs {
            var rest = run.text[...]
            while let first = rest.first {
                let word = rest.prefix { ($0 == " ") == (first == " ") }
                words.append(Run(String(word), run.role))
                rest = rest[word.endIndex...]
            }
        }
        return words
    }

    private mutating func append(_ run: Run) {
        if let last = runs.last, last.role == run.role {
            runs[runs.count - 1].text += run.text
        } else {
            runs.append(run)
        }
    }
}

extension StyledText.Run {
    /// A word that is too wide, cut after its dots, hyphens and plus signs: `residual1.` and `conv1.` and `weight`.
    fileprivate func pieces(fitting width: Int) -> [StyledText.Run] {
        guard text.displayWidth > width else { return [self] }
        var pieces: [StyledText.Run] = []
        var rest = text[...]
        while let end = rest.firstIndex(where: { ".-+".contains($0) }) {
            pieces.append(StyledText.Run(String(rest[...end]), role))
            rest = rest[rest.index(after: end)...]
        }
        return rest.isEmpty ? pieces : pieces + [StyledText.Run(String(rest), role)]
    }
}

extension Terminal {
    /// The eye loses its way back to the start of a longer line.
    private static let widestProse = 100

    /// The lines of a text, each ended; on a screen they are wrapped, and code so that it can be copied.
    package func render(_ text: StyledText) -> String {
        let textWidth = text.isProse ? min(width, Self.widestProse) : width
        return transliterated(text).lines.map { line in
            let isCode =
                line.runs.contains { $0.role == .code }
                && line.runs.allSatisfy { $0.role == .code || $0.text.allSatisfy(\.isWhitespace) }
            let rows = !wrapsText ? [line] : isCode ? [line.folded(to: width)] : line.wrapped(to: textWidth)
            return rows.map { paint($0) + "\n" }.joined()
        }.joined()
    }

    /// Any displayable as lines of text, each ended.
    package func render(_ displayable: Displayable) -> String {
        switch displayable {
        case .text(let text): render(text)
        case .table(let table): render(table)
        case .chart(let chart): render(chart)
        case .image(let grid): render(grid)
        case .heatMap(let map): render(map)
        }
    }
}
