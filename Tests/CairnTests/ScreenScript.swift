import Foundation
import TerminalSupport

/// What is typed at the prompt and the whole screen after it, as a file: `$ ` starts the program, `> ` presses keys, the
/// lines after it that begin with `|` are the screen, and `@` the cursor's row and column.
/// `scripts/update-screens` writes what is shown now; git's diff is the review.
struct ScreenScript {
    struct Step {
        enum Action: Equatable {
            /// `$ NO_COLOR=1 cairn --seed 2`
            case start(environment: [String: String], arguments: [String])
            case keys(String)
            case resize(columns: Int)
        }

        var action: Action
        /// As it stands in the file.
        var line: String
        var screen: [String] = []
    }

    /// What it shows, in a line, and the size of the screen: `# Typing, 80x24`.
    let title: String
    let columns: Int
    let rows: Int
    var steps: [Step] = []

    enum Failure: Error { case noTitle, badLine(String) }

    init(_ text: String) throws {
        let lines = text.split(separator: "\n").map(String.init)
        guard let title = lines.first, let size = title.wholeMatch(of: #/# .*, (\d+)x(\d+)/#),
            let columns = Int(size.output.1), let rows = Int(size.output.2)
        else { throw Failure.noTitle }
        (self.title, self.columns, self.rows) = (title, columns, rows)
        for line in lines.dropFirst() {
            if line.hasPrefix("|") || line.hasPrefix("@") {
                guard !steps.isEmpty else { throw Failure.badLine(line) }
                steps[steps.count - 1].screen.append(line)
            } else {
                steps.append(Step(action: try Self.action(line), line: line))
            }
        }
    }

    private static func action(_ line: String) throws -> Step.Action {
        if line.hasPrefix("> <resize "), let columns = Int(line.dropFirst(10).dropLast()) {
            return .resize(columns: columns)
        }
        if line.hasPrefix("> ") { return .keys(keys(String(line.dropFirst(2)))) }
        guard line.hasPrefix("$ ") else { throw Failure.badLine(line) }
        let words = line.dropFirst(2).split(separator: " ").map(String.init)
        let settings = words.prefix { $0.contains("=") }.map { $0.split(separator: "=").map(String.init) }
        return .start(
            environment: Dictionary(uniqueKeysWithValues: settings.map { ($0[0], $0[1]) }),
            arguments: Array(words.dropFirst(settings.count + 1)))
    }

    /// `<Enter>`, `<C-c>` and their like as what the terminal sends.
    private static func keys(_ text: String) -> String {
        let named = [
            "Enter": "\r", "Tab": "\t", "Up": "\u{1B}[A", "Down": "\u{1B}[B", "Right": "\u{1B}[C",
            "Left": "\u{1B}[D", "Home": "\u{1B}[H", "End": "\u{1B}[F", "Backspace": "\u{7F}",
            "C-Right": "\u{1B}[1;5C", "Paste": "\u{1B}[200~", "/Paste": "\u{1B}[201~",
        ]
        return text.replacing(#/<([A-Za-z/-]+)>/#) { match in
            let name = String(match.output.1)
            if let key = named[name] { return key }
            guard name.hasPrefix("C-"), let letter = name.last?.asciiValue else {
                return String(match.output.0)
            }
            return String(Character(Unicode.Scalar(letter & 0x1F)))
        }
    }

    /// The screen as the file has it. What differs from run to run becomes a word, and the cursor on such a line is
    /// nowhere; how long a command takes is left out, since it depends on that whether it is said.
    static func screen(of terminal: VirtualTerminal) -> [String] {
        let isTime = terminal.lines.map { $0.hasPrefix("took ") || $0.hasPrefix("about ") }
        let lines = terminal.lines.map { line in
            line.replacing(#/^epoch .*img\/s.*$/#, with: "<progress>")
                .replacing(#/^stopped .*$/#, with: "<stopped>")
                .replacing(#/ - \d+ threads?, .* - seed/#, with: " - <machine> - seed")
        }
        let (row, column) = terminal.cursor
        let isFixed = lines.indices.contains(row) && lines[row] == terminal.lines[row]
        let shown = zip(lines, isTime).filter { !$0.1 }.map { "|" + $0.0 }
        let above = isTime.prefix(row).count { $0 }
        return shown + [isFixed ? "@ \(row + 1 - above) \(column + 1)" : "@"]
    }

    /// The file with these screens instead of its own.
    func text(with screens: [[String]]) -> String {
        let parts = zip(steps, screens).map { step, screen in ([step.line] + screen).joined(separator: "\n") }
        return ([title] + parts).joined(separator: "\n\n") + "\n"
    }
}
