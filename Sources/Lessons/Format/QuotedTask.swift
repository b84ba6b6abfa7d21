import CommandLanguage

/// A quote that asks for something: it begins with `**Predict.**` or `**Exercise.**`.
struct QuotedTask {
    /// What is missing to make it whole.
    struct Lack: Error { let what: String }

    /// `Predict`, `Exercise`, or nil for an ordinary quote.
    let word: String?
    /// What it says, without the first word and without what is measured.
    let text: [StyledText]
    private let file: String
    /// The expressions of the paragraphs, and the tolerance behind the last.
    private let expressions: [LessonExpression]
    private let tolerance: Double?
    private let items: [(text: String, expression: LessonExpression?)]

    init(_ blocks: [PlacedBlock], file: String) {
        self.file = file
        var word: String?
        var text: [StyledText] = []
        var expressions: [LessonExpression] = []
        var tolerance: Double?
        var items: [(String, LessonExpression?)] = []
        for (index, placed) in blocks.enumerated() {
            switch placed.block {
            case .paragraph(var paragraph):
                if index == 0, case .words(let first, true)? = paragraph.parts.first {
                    word = String(first.prefix { $0.isLetter })
                    paragraph.parts.removeFirst()
                }
                let (rest, measured, after) = paragraph.removingExpressions()
                expressions += measured.map { LessonExpression($0, file: file, line: placed.line) }
                tolerance = after ?? tolerance
                if !rest.parts.isEmpty { text.append(rest.styled) }
            case .list(_, let entries):
                for entry in entries {
                    guard case .paragraph(let paragraph)? = entry.first?.block else { continue }
                    let (rest, measured, _) = paragraph.removingExpressions()
                    items.append(
                        (
                            rest.styled.plain,
                            measured.first.map { LessonExpression($0, file: file, line: entry[0].line) }
                        ))
                }
            default: text += placed.block.lines
            }
        }
        (self.word, self.text, self.expressions) = (word, text, expressions)
        (self.tolerance, self.items) = (tolerance, items)
    }

    /// A list of conditions is a choice, one of numbers an order; without a list a number is asked for.
    func prediction() throws(Lack) -> Prediction {
        guard !items.isEmpty else {
            guard let expression = expressions.last else {
                throw Lack(what: "what is measured, as code in parentheses: `($run.val.accuracy.last)`")
            }
            guard let tolerance else {
                throw Lack(what: "a tolerance after what is measured: `(...)` ± 0.05")
            }
            return Prediction(question: text, kind: .number(expression, tolerance: tolerance))
        }
        let options = try options()
        guard options.count > 1 else { throw Lack(what: "a second option") }
        let isChoice = options.allSatisfy { $0.expression.isComparison }
        return Prediction(question: text, kind: isChoice ? .choice(options) : .order(options))
    }

    func conditions() throws(Lack) -> [Exercise.Condition] {
        let all =
            expressions.map { Exercise.Condition(expression: $0, meaning: "") }
            + (try options()).map { Exercise.Condition(expression: $0.expression, meaning: $0.text) }
        guard !all.isEmpty else {
            throw Lack(what: "a condition, as code in parentheses: `(val.accuracy >= 0.8)`")
        }
        return all
    }

    private func options() throws(Lack) -> [Prediction.Option] {
        var options: [Prediction.Option] = []
        for item in items {
            guard let expression = item.expression else {
                throw Lack(what: "code in parentheses in the item `\(item.text)`")
            }
            options.append(Prediction.Option(text: item.text, expression: expression))
        }
        return options
    }
}

extension LessonExpression {
    /// Whether it is true or false, and no number.
    fileprivate var isComparison: Bool {
        ["<", ">", "==", "!="].contains { text.contains($0) }
    }
}

extension MarkdownText {
    /// The text with one blank between words and none at its ends.
    private var tidied: MarkdownText {
        var tidy = MarkdownText(parts: [])
        var isAfterBlank = true
        for part in parts {
            guard case .words(let words, let isStrong) = part else {
                tidy.parts.append(part)
                isAfterBlank = false
                continue
            }
            var kept = ""
            for character in words where !(character == " " && isAfterBlank) {
                kept.append(character)
                isAfterBlank = character == " "
            }
            if !kept.isEmpty { tidy.parts.append(.words(kept, isStrong: isStrong)) }
        }
        if isAfterBlank, case .words(let words, let isStrong)? = tidy.parts.last {
            tidy.parts[tidy.parts.count - 1] = .words(words.trimmedAtEnd, isStrong: isStrong)
        }
        return tidy
    }

    /// The tidied text without code in parentheses and without a tolerance (`± 0.05`) right behind it; and those.
    fileprivate func removingExpressions() -> (MarkdownText, expressions: [String], tolerance: Double?) {
        var rest = MarkdownText(parts: [])
        var expressions: [String] = []
        var tolerance: Double?
        for part in parts {
            switch part {
            case .code(let code) where code.hasPrefix("(") && code.hasSuffix(")"): expressions.append(code)
            case .words(let words, let isStrong) where words.trimmed.hasPrefix("±") && !expressions.isEmpty:
                let number = words.trimmed.dropFirst().drop { $0 == " " }.prefix { $0.isNumber || $0 == "." }
                // A full stop may follow.
                let digits = number.last == "." ? number.dropLast() : number
                tolerance = Double(String(digits))
                let after = words.trimmed.dropFirst().drop { $0 == " " }.dropFirst(digits.count)
                rest.parts.append(.words(String(after), isStrong: isStrong))
            default: rest.parts.append(part)
            }
        }
        return (rest.tidied, expressions, tolerance)
    }
}
