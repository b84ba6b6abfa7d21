import CommandLanguage
import Console
import Glibc
import TerminalSupport
import Testing

struct ProgressTests {
    private func progress(_ fraction: Double, isFinished: Bool = false) -> Progress {
        Progress(
            label: "epoch 1/3", fraction: fraction,
            figures: [.init("loss", "0.31"), .init("acc", "0.89"), .init("", "14 210 img/s")], timeLeft: 6.2,
            isFinished: isFinished)
    }

    @Test(arguments: [
        (20, true, "epoch 1/3  ███░░░░░"), (40, true, "epoch 1/3  ██░░░░░  loss 0.31  acc 0.89"),
        (60, true, "epoch 1/3  loss 0.31  acc 0.89  14 210 img/s  0:07 left"),
        (80, true, "epoch 1/3  ████████░░░░░░░░░░░░  loss 0.31  acc 0.89  14 210 img/s  0:07 left"),
        (200, true, "epoch 1/3  ████████░░░░░░░░░░░░  loss 0.31  acc 0.89  14 210 img/s  0:07 left"),
        (80, false, "epoch 1/3  [#######...........]  loss 0.31  acc 0.89  14 210 img/s  0:07 left"),
    ]) func lineFits(_ width: Int, _ isUnicode: Bool, _ line: String) {
        #expect(Terminal(width: width, isUnicode: isUnicode).render(progress(0.4)) == line)
        #expect(line.displayWidth < width)
    }

    @Test func theLastWordHasNoTimeLeft() {
        #expect(
            Terminal().render(progress(1, isFinished: true))
                == "epoch 1/3  ████████████████████  loss 0.31  acc 0.89  14 210 img/s")
    }

    @Test(arguments: [-1, .nan, 2, .infinity]) func anyFractionIsABar(_ fraction: Double) {
        #expect(
            Terminal().render(progress(fraction)).displayWidth
                == Terminal().render(progress(0.5)).displayWidth)
    }

    @Test(arguments: [
        (0, "0:00"), (6.2, "0:07"), (59.9, "1:00"), (3599, "59:59"), (3723, "1:02:03"), (.nan, "?"),
    ])
    func timeLeftReadsAsAClock(_ seconds: Double, _ words: String) {
        #expect(Terminal.clock(seconds) == words)
    }

    @Test(arguments: [(1.04, "1.0 s"), (59.94, "59.9 s"), (185, "3 min 05 s"), (7800, "2 h 10 min")])
    func timeTakenReadsAsWords(_ seconds: Double, _ words: String) {
        #expect(REPL.words(for: .seconds(seconds)) == words)
    }

    @Test func pipesGetFinishedLinesOnly() throws {
        let pipe = try OutputPipe()
        let sink = TerminalSink(output: pipe.output, terminal: Terminal())
        sink.show(progress(0.2))
        sink.show(.text("between"))
        sink.show(progress(1, isFinished: true))
        sink.finish()
        #expect(
            pipe.text == "between\nepoch 1/3  ████████████████████  loss 0.31  acc 0.89  14 210 img/s\n")
    }

    @Test func screensAreDrawnOverAndResultsReplaceTheLine() throws {
        let pipe = try OutputPipe()
        let sink = TerminalSink(output: pipe.output, terminal: Terminal(width: 20, isInteractive: true))
        // The second comes too soon to be drawn.
        sink.show(progress(0.2))
        sink.show(progress(0.3))
        sink.show(.text("note"))
        sink.show(progress(0.4))
        sink.finish()
        #expect(
            pipe.text
                == "\repoch 1/3  █░░░░░░░\u{1B}[K\r\u{1B}[Knote\n\repoch 1/3  ███░░░░░\u{1B}[K\n")
    }

    private func table(_ rows: String...) -> Table {
        Table(columns: [.init("trial")], rows: rows.map { [StyledText($0)] })
    }

    private func search(_ fraction: Double, _ table: Table) -> Progress {
        Progress(label: "now", fraction: fraction, isFinished: true, table: table)
    }

    /// A table above the line is drawn over with it, also when it shrinks, and what is shown next takes their place.
    @Test func aTableIsDrawnOver() throws {
        let pipe = try OutputPipe()
        let sink = TerminalSink(output: pipe.output, terminal: Terminal(width: 8, isInteractive: true))
        sink.show(search(0, table("a", "b")))
        sink.show(search(0.5, table("b", "a", "c")))
        sink.show(search(0.7, table("c")))
        var screen = VirtualTerminal(columns: 8, rows: 12)
        screen.feed(pipe.text.replacing("\n", with: "\r\n").utf8)
        #expect(screen.lines == ["trial", "─────", "c", "now"])
        sink.show(.text("done"))
        screen.feed(pipe.text.replacing("\n", with: "\r\n").utf8)
        #expect(screen.lines == ["done", ""])
        #expect(screen.unknown == [])
    }

    /// What would scroll away or break could not be drawn over.
    @Test(arguments: [(width: 80, height: 5, lines: 4), (width: 5, height: 24, lines: 1)])
    func aTableIsNoLargerThanTheScreen(_ width: Int, _ height: Int, _ lines: Int) throws {
        let pipe = try OutputPipe()
        let terminal = Terminal(width: width, height: height, isInteractive: true)
        let sink = TerminalSink(output: pipe.output, terminal: terminal)
        sink.show(search(0, table("1", "2", "3", "4", "5", "6")))
        #expect(pipe.text.split(separator: "\n").count == lines)
    }

    @Test func pipesGetTheLineWithoutTheTable() throws {
        let pipe = try OutputPipe()
        let sink = TerminalSink(output: pipe.output, terminal: Terminal(width: 10))
        sink.show(search(1, table("a")))
        #expect(pipe.text == "now\n")
    }

    @Test func quietSinksShowResultsOnly() throws {
        let pipe = try OutputPipe()
        let sink = TerminalSink(output: pipe.output, terminal: Terminal(), isQuiet: true)
        sink.show(progress(1, isFinished: true))
        sink.show(.text("result"))
        #expect(pipe.text == "result\n")
    }
}

/// What is written to an output.
private final class OutputPipe {
    let output: Output
    private let reader: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        reader = ends[0]
        output = Output(descriptor: ends[1])
    }

    deinit {
        close(reader)
        close(output.descriptor)
    }

    /// All of it so far; at most what a pipe holds.
    var text: String {
        var bytes: [UInt8] = Array(repeating: 0, count: 1 << 16)
        let count = read(reader, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
