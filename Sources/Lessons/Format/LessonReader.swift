import CommandLanguage

/// Reads a lesson from its Markdown file, and finds everything that is wrong with the file itself.
struct LessonReader {
    private let name: String
    private let file: String
    private var title: String?
    private(set) var steps: [Lesson.Step] = []
    private(set) var problems: [LessonProblem] = []

    // The step in hand.
    private var heading: String?
    private var passage = Passage()
    private var firstLine: Int?
    /// How many steps there were before the section in hand.
    private var stepsBefore = 0
    private var prediction: (Prediction, line: Int)?
    private var exercise: (ExerciseDraft, line: Int)?

    /// The lesson of a file's text, if it is one, and what is wrong with it. `file` stands in errors.
    static func lesson(_ text: String, file: String, name: String) -> (
        lesson: Lesson?, problems: [LessonProblem]
    ) {
        let reader = read(text, file: file, name: name)
        guard let title = reader.title, !reader.steps.isEmpty else { return (nil, reader.problems) }
        return (Lesson(name: name, title: title, steps: reader.steps), reader.problems)
    }

    /// What there is of a file, lesson or not.
    static func read(_ text: String, file: String, name: String) -> LessonReader {
        var reader = LessonReader(name: name, file: file)
        reader.read(MarkdownReader(name: file).blocks(of: text))
        return reader
    }

    private init(name: String, file: String) {
        self.name = name
        self.file = file
    }

    private mutating func read(_ blocks: [PlacedBlock]) {
        var rest = blocks[...]
        while let placed = rest.popFirst() {
            switch placed.block {
            case .html(let html) where html.hasPrefix("<details"):
                let end = rest.firstIndex { $0.isEndOfDetails }
                if end == nil { note(.unclosedDetails, placed.line) }
                read(details: html, Array(rest[..<(end ?? rest.endIndex)]), placed.line)
                rest = rest[(end.map { $0 + 1 } ?? rest.endIndex)...]
            case .html(let html): read(comment: html, placed.line)
            default:
                finishExercise()
                read(placed)
            }
        }
        finishExercise()
        finishSection()
        if title == nil { note(.noTitle, 1) }
        if steps.isEmpty { note(.noSteps, 1) }
    }

    private mutating func read(_ placed: PlacedBlock) {
        switch placed.block {
        case .heading(1, let text) where title == nil: title = text.plain
        case .heading(_, let text):
            finishSection()
            heading = text.plain
            firstLine = placed.line
        case .quote(let blocks):
            begin(placed.line)
            read(quote: blocks, placed.line)
        default:
            begin(placed.line)
            if case .paragraph(let text) = placed.block, text.plain.hasPrefix("|") {
                note(.table, placed.line)
            }
            add(placed.block.lines)
            for cell in placed.block.cells {
                begin(placed.line)
                let question = prediction?.0
                prediction = nil
                finish(.run(cell, question))
            }
        }
    }

    // MARK: Steps

    private mutating func begin(_ line: Int) { if firstLine == nil { firstLine = line } }

    private mutating func finish(_ task: Lesson.Task) {
        steps.append(
            Lesson.Step(
                number: steps.count + 1, heading: heading, before: passage, task: task, line: firstLine ?? 1))
        (heading, passage, firstLine) = (nil, Passage(), nil)
    }

    /// What stands at a section's end belongs to its last task; a section without one is a step to read.
    private mutating func finishSection() {
        if let prediction { note(.nothingToPredict, prediction.line) }
        prediction = nil
        if steps.count > stepsBefore {
            steps[steps.count - 1].after = passage
            (passage, firstLine) = (Passage(), nil)
        } else if !passage.text.isEmpty {
            finish(.read)
        }
        heading = nil
        stepsBefore = steps.count
    }

    private mutating func add(_ lines: [StyledText]) {
        if !passage.text.isEmpty, !lines.isEmpty { passage.text.append("") }
        passage.text += lines
    }

    // MARK: Predictions and exercises

    private mutating func read(quote blocks: [PlacedBlock], _ line: Int) {
        let task = QuotedTask(blocks, file: file)
        switch task.word {
        case "Predict":
            do throws(QuotedTask.Lack) {
                prediction = (try task.prediction(), line)
            } catch {
                note(.prediction(lacks: error.what), line)
            }
        case "Exercise":
            do throws(QuotedTask.Lack) {
                exercise = (ExerciseDraft(goal: task.text, conditions: try task.conditions()), line)
            } catch {
                note(.exercise(lacks: error.what), line)
            }
        default: add(blocks.lines)
        }
    }

    private mutating func read(details html: String, _ blocks: [PlacedBlock], _ line: Int) {
        let summary = html.summary
        let parts = summary.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
        let remark = blocks.lines
        let cells = blocks.flatMap(\.block.cells)
        let kind = parts.first?.split(separator: " ").first.map(String.init) ?? ""
        guard exercise != nil, ["Hint", "Answer", "Wrong"].contains(kind) else {
            return note(.details(summary), line)
        }
        if kind == "Hint" {
            exercise?.0.hints.append(remark)
            return
        }
        guard let source = cells.first else {
            return note(.exercise(lacks: "a ```cairn cell in `\(summary)`"), line)
        }
        let attempt = Exercise.Attempt(name: parts.count > 1 ? parts[1] : "", remark: remark, source: source)
        if kind == "Answer" {
            exercise?.0.answers.append(attempt)
        } else {
            exercise?.0.wrong.append(attempt)
        }
    }

    private mutating func finishExercise() {
        guard let (draft, line) = exercise else { return }
        exercise = nil
        if draft.answers.isEmpty { note(.exercise(lacks: "an `Answer` in `<details>`"), line) }
        if draft.hints.count < 3 { note(.fewHints(draft.hints.count), line) }
        if draft.wrong.isEmpty { note(.noWrongAnswer, line) }
        finish(.solve(draft.exercise))
    }

    // MARK: Numbers in the text

    /// `<!-- 0.83 ± 0.03 = ($run.val.accuracy.last) -->`
    private mutating func read(comment html: String, _ line: Int) {
        let content = html.trimmed
        guard content.hasPrefix("<!--"), content.hasSuffix("-->") else { return }
        let check = String(content.dropFirst(4).dropLast(3)).trimmed
        guard check.first?.isNumber == true || check.first == "-" else { return }
        let sides = check.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
        let numbers = sides[0].split(separator: "±").compactMap { Double(String($0).trimmed) }
        guard sides.count == 2, numbers.count == 2 else { return note(.badCheck(check), line) }
        let number = PrintedNumber(
            value: numbers[0], tolerance: numbers[1],
            measured: LessonExpression(sides[1], file: file, line: line))
        passage.printed.append(number)
    }

    private mutating func note(_ kind: LessonProblem.Kind, _ line: Int) {
        problems.append(LessonProblem(kind: kind, line: line))
    }
}

/// An exercise whose hints and answers are still to come.
private struct ExerciseDraft {
    let goal: [StyledText]
    let conditions: [Exercise.Condition]
    var hints: [[StyledText]] = []
    var answers: [Exercise.Attempt] = []
    var wrong: [Exercise.Attempt] = []

    var exercise: Exercise {
        Exercise(goal: goal, conditions: conditions, hints: hints, answers: answers, wrong: wrong)
    }
}

extension PlacedBlock {
    fileprivate var isEndOfDetails: Bool {
        if case .html(let html) = block { html.contains("</details>") } else { false }
    }
}

extension [PlacedBlock] {
    /// As lines to be read, with an empty one between blocks.
    var lines: [StyledText] {
        let parts = map(\.block.lines).filter { !$0.isEmpty }
        return [StyledText](parts.joined(separator: [StyledText("")]))
    }
}

extension String {
    /// What stands between `<summary>` and `</summary>`.
    fileprivate var summary: String {
        guard let start = range(of: "<summary>"), let end = range(of: "</summary>"),
            start.upperBound <= end.lowerBound
        else { return "" }
        return String(self[start.upperBound..<end.lowerBound]).trimmed
    }

    private func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}

extension MarkdownBlock {
    /// As lines to be read in a terminal; code that is not Cairn's is shown as it is.
    var lines: [StyledText] {
        switch self {
        case .heading(_, let text): [StyledText(text.plain, .strong)]
        case .paragraph(let text): [text.styled]
        case .code where cell != nil: []
        case .code(_, let source):
            source.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map { StyledText("  " + $0, .code) }
        case .quote(let blocks): blocks.lines.map { StyledText("  ") + $0 }
        case .list(let isOrdered, let items):
            items.enumerated().flatMap { index, blocks -> [StyledText] in
                let mark = isOrdered ? "\(index + 1). " : "- "
                return blocks.flatMap { $0.block.lines }.enumerated().map { place, line in
                    StyledText(place == 0 ? mark : String(repeating: " ", count: mark.count)) + line
                }
            }
        case .html, .other: []
        }
    }
}
