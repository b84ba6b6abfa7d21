import CommandLanguage

@testable import Lessons

/// A session whose whole state is one number, for lessons without networks.
final class Abacus: LessonHost {
    private let shell: Interpreter<Beads>
    private let beads = Beads()

    final class Beads { var total = 0.0; var used = 0.0; var limit = Double.infinity }

    private struct Mark: LessonMark {
        let total: Double
        let memory: Memory
    }

    init() {
        shell = Interpreter(
            commands: [
                Command(
                    Signature(
                        "add", "Add a number.",
                        arguments: [Argument("number", .number(.any), .positional, "it")],
                        result: [.init("", "the sum")])
                ) { call, beads in
                    beads.total += call.number("number")
                    beads.used += 1
                    return .number(beads.total)
                }
            ], context: beads)
        let beads = beads
        shell.surroundings.isMeasurable = { ["total", "used.steps", "mean"].contains($0) }
        shell.surroundings.shouldStop = { beads.total > beads.limit }
        shell.surroundings.measure = { name in
            switch name {
            case "total": .number(beads.total)
            case "used.steps": .number(beads.used)
            case "mean": beads.used > 0 ? .number(beads.total / beads.used) : nil
            default: nil
            }
        }
    }

    var total: Double { beads.total }
    /// Beyond it, it is as if Ctrl-C were pressed.
    var limit: Double {
        get { beads.limit }
        set { beads.limit = newValue }
    }
    var epochsTrained: Int { Int(beads.used) }

    func mark() -> any LessonMark { Mark(total: beads.total, memory: shell.memory) }

    func restore(_ mark: any LessonMark) {
        guard let mark = mark as? Mark else { return }
        (beads.total, shell.memory) = (mark.total, mark.memory)
    }

    func startAfresh() { (beads.total, beads.used, shell.memory) = (0, 0, .empty) }
    func beginTask() { beads.used = 0 }
    func value(of source: Source) throws(Diagnostic) -> Value { try shell.value(of: source) }
    func failure(of source: Source) -> Diagnostic? { shell.failure(of: source) }
    func check(_ sources: [Source]) -> [Diagnostic] { shell.check(sources) }
    var promptWords: [String] { ["abacus"] }
    func status(of text: String) -> InputStatus { shell.status(of: text) }
    func hint(for text: String) -> StyledText? { shell.hint(for: text) }
    func execute(_ sources: [Source], sink: any DisplaySink) -> ExecutionOutcome {
        shell.execute(sources, sink: sink)
    }
    func completions(in text: String, at cursor: Int) -> CompletionList {
        shell.completions(in: text, at: cursor)
    }
}

/// Keeps what is shown as plain lines.
final class LineSink: DisplaySink {
    var lines: [String] = []

    func show(_ displayable: Displayable) {
        switch displayable {
        case .text(let text): lines += text.plain.split(separator: "\n").map(String.init)
        case .table(let table): lines += table.rows.map { $0.map(\.plain).joined(separator: " | ") }
        default: break
        }
    }
    func show(_ progress: Progress) {}
}
