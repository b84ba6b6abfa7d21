import TerminalSupport
import Testing

/// The prompt as a user meets it: keys in, screen out.
@Suite(.serialized) struct ConsoleTests {
    private let home: ScratchFolder

    init() throws { home = try ScratchFolder() }

    private func start() throws -> TerminalProcess {
        let cairn = try TerminalProcess("cairn", columns: 100, rows: 40, home: home)
        cairn.wait("prompt") { $0.lines.last == "cairn>" && $0.lines.first?.hasPrefix("Cairn ") == true }
        return cairn
    }

    @Test func aModelIsTypedCorrectedAndTrained() throws {
        let cairn = try start()
        cairn.type("data shapes size=12 count=200 classes=3 channels=1\r")
        cairn.wait("data") { $0.lines.last == "cairn>" && $0.lines.contains { $0.hasPrefix("train ") } }
        cairn.type("model tiny {\rflatten\rdense 4\r}\r")
        cairn.wait("error") { $0.lines.last == "cairn>" && $0.lines.contains { $0.hasPrefix("error[") } }
        // Up brings the whole block back; its third row is corrected.
        cairn.type("\u{1B}[A\u{1B}[A\u{1B}[F\u{7F}3\r")
        cairn.shows("cairn tiny 0>", cursor: (0, 14))
        cairn.type("train 1\r")
        cairn.shows("cairn tiny 1>", cursor: (0, 14))
        cairn.type("plot loss\r")
        cairn.wait("chart") {
            $0.lines.last == "cairn tiny 1>" && $0.lines.contains { $0.contains("\u{2524}") }
        }
        cairn.type("\u{04}")
        #expect(cairn.waitForExit() == 0)
    }

    @Test func controlCStopsAnEndlessLoopAndKeepsWhatWasDone() throws {
        let cairn = try start()
        cairn.type("let x = 1\r")
        cairn.shows("cairn> let x = 1", "cairn>")
        cairn.type("while true { let x = ($x + 1); if ($x == 9) { print nine } }\r")
        cairn.shows("nine", "")
        cairn.type("\u{03}")
        cairn.wait("prompt") { $0.lines.last == "cairn>" }
        cairn.type("print ($x >= 9)\r")
        cairn.shows("true", "cairn>")
    }

    @Test func tabKnowsTheCommands() throws {
        let cairn = try start()
        cairn.type("optim\t")
        cairn.wait("the variants") {
            $0.lines.dropLast().last == "cairn> optimizer" && $0.lines.last?.hasPrefix("sgd | ") == true
                && $0.cursor == ($0.lines.count - 2, 17)
        }
        cairn.type("sgd mom\t0.9")
        cairn.wait("the argument") {
            $0.lines.dropLast().last == "cairn> optimizer sgd momentum=0.9"
                && $0.lines.last?.hasPrefix("momentum: ") == true
        }
        cairn.type("\r")
        cairn.shows("cairn> optimizer sgd momentum=0.9", "optimizer: sgd rate=0.01 momentum=0.9", "cairn>")
    }
}
