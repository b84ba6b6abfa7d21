import CommandLanguage

/// A question about what a step's commands will do, asked before they run.
package struct Prediction: Sendable {
    let question: [StyledText]
    let kind: Kind

    /// What is asked for.
    enum Kind: Sendable {
        /// A number, right if it is within the tolerance.
        case number(LessonExpression, tolerance: Double)
        /// One of several; the one whose condition then holds is right.
        case choice([Option])
        /// All of them, the largest first.
        case order([Option])
    }

    /// Something to choose or to put in order.
    struct Option: Sendable {
        let text: String
        let expression: LessonExpression
    }

    /// A guess as it was typed.
    enum Guess: Sendable, Equatable {
        case number(Double)
        /// The index of an option.
        case choice(Int)
        /// The indices of all options.
        case order([Int])
    }

    /// What a guess came to.
    struct Score: Sendable, Equatable {
        let isRight: Bool
        /// What was measured, beside the guess.
        let report: String
    }

    /// Reads a guess; nil if it is none.
    ///
    /// A number may be a percentage, an option is its number or its letter, an order all of those.
    func guess(from text: String) -> Guess? {
        switch kind {
        case .number:
            return text.guessedNumber.map(Guess.number)
        case .choice(let options): return index(text.trimmed, among: options.count).map(Guess.choice)
        case .order(let options):
            guard let indices = indices(in: text, among: options.count), indices.count == options.count,
                Set(indices).count == indices.count
            else { return nil }
            return .order(indices)
        }
    }

    /// Whether a text looks like a guess, be it one or not: `1 2` where three are to be put in order.
    func isMeant(by text: String) -> Bool {
        switch kind {
        case .number: text.trimmed.first.map { $0.isNumber || ".+-".contains($0) } ?? false
        case .choice, .order: text.isMadeOfMarks
        }
    }

    /// What is wrong with a text that is no guess.
    func fault(in text: String) -> String {
        guard case .order(let options) = kind, let indices = indices(in: text, among: options.count) else {
            return "`\(text)` is no guess here"
        }
        return "`\(text)` puts \(Set(indices).count) of \(options.count) in order"
    }

    /// The options that a text puts in order; nil if it has something else in it.
    private func indices(in text: String, among count: Int) -> [Int]? {
        var parts = text.split { " ,>".contains($0) }.map(String.init)
        // `bac` for `b a c`
        if parts.count == 1, count > 1 { parts = parts[0].map(String.init) }
        let indices = parts.compactMap { index($0, among: count) }
        return indices.count == parts.count ? indices : nil
    }

    private func index(_ text: String, among count: Int) -> Int? {
        let index =
            Int(text).map { $0 - 1 }
            ?? (text.count == 1 ? Self.letters.firstIndex(of: Character(text.lowercased())) : nil)
        return index.flatMap { (0..<count).contains($0) ? $0 : nil }
    }

    static let letters = Array("abcdefghijklmnopqrstuvwxyz")

    /// What can be typed.
    var usage: String {
        switch kind {
        case .number: "a number"
        case .choice(let options):
            "one of " + Self.letters.prefix(options.count).map { "`\($0)`" }.joined(separator: ", ")
        case .order(let options):
            "all \(options.count) letters, the largest first, such as `\(Self.letters.prefix(options.count).map(String.init).joined(separator: " "))`"
        }
    }

    /// Compares a guess with what was measured: a number, or a value for each option.
    func score(_ guess: Guess, _ values: [Value]) -> Score? {
        switch (kind, guess) {
        case (.number(_, let tolerance), .number(let guessed)):
            guard case .number(let measured)? = values.first else { return nil }
            return Score(
                isRight: abs(measured - guessed) <= tolerance,
                report: "you said \(guessed.sixDigits), it is \(measured.threeDigits)")
        case (.choice(let options), .choice(let guessed)):
            guard let right = values.firstIndex(of: .boolean(true)) else { return nil }
            return Score(
                isRight: right == guessed,
                report: right == guessed
                    ? "\(options[right].text)"
                    : "you said: \(options[guessed].text). It is: \(options[right].text)")
        case (.order(let options), .order(let guessed)):
            let numbers = values.compactMap { value in
                if case .number(let number) = value { number } else { nil }
            }
            guard numbers.count == options.count else { return nil }
            let right = options.indices.sorted { (numbers[$0], $1) > (numbers[$1], $0) }
            let list = right.map { "\(options[$0].text) \(numbers[$0].threeDigits)" }.joined(separator: ", ")
            return Score(isRight: right == guessed, report: list)
        default: return nil
        }
    }

    /// What has to be measured for a score, in the order in which `score` takes it.
    var measured: [LessonExpression] {
        switch kind {
        case .number(let expression, _): [expression]
        case .choice(let options), .order(let options): options.map(\.expression)
        }
    }
}

extension Double {
    /// `0.731`: as precise as a guess needs it.
    fileprivate var threeDigits: String { ((self * 1000).rounded() / 1000).sixDigits }
}

extension String {
    /// A number or a percentage, maybe with a comma for its point.
    fileprivate var guessedNumber: Double? {
        let text = trimmed
        let isPercentage = text.hasSuffix("%")
        let digits = (isPercentage ? String(text.dropLast()).trimmed : text).map { $0 == "," ? "." : $0 }
        guard let number = Double(String(digits)), number.isFinite else { return nil }
        return isPercentage ? number / 100 : number
    }

    /// Whether it is letters or numbers that stand alone, as those of options do.
    fileprivate var isMadeOfMarks: Bool {
        let parts = split { " ,>".contains($0) }
        return !parts.isEmpty
            && parts.allSatisfy { Int($0) != nil || ($0.count == 1 && $0.first?.isLetter == true) }
    }

    /// Whether it can only be meant as a guess, whatever the question: a number, or letters that stand alone.
    var isGuess: Bool { guessedNumber != nil || isMadeOfMarks }

    /// Without blanks at both ends.
    var trimmed: String { String(drop { $0.isWhitespace }).trimmedAtEnd }

    var trimmedAtEnd: String { String(reversed().drop { $0.isWhitespace }.reversed()) }
}
