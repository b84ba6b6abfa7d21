import Foundation
import TerminalSupport
import Testing

/// Searches that are killed, and runs of several processes in one store.
@Suite struct SearchTests {
    private static let setup = """
        data shapes size=16 count=1200 classes=3
        let filters = 4
        model tiny { conv $filters; relu; flatten; dense 3 }

        """
    private static let search =
        "search random { rate = log 1e-3..1e-1; filters = 2..8 } trials=30 epochs=2 -> s\n"

    /// What a process printed of the search's result.
    private func result(_ runs: String) throws -> CairnProgram.Outcome {
        try CairnProgram.run(
            ["--runs", runs, "-c", Self.setup + Self.search + "print result $s.score $s.scores"])
    }

    @Test func aKilledSearchGoesOn() throws {
        let folder = try TemporaryFolder()
        let runs = folder.url.appending(path: "runs.sqlite").path
        let killed = Process()
        killed.executableURL = URL(filePath: CairnProgram.path)
        killed.arguments = ["--runs", runs, "-c", Self.setup + Self.search]
        let output = Pipe()
        killed.standardOutput = output
        try killed.run()
        // It says each trial that is done: kill it in the middle of the third.
        var text = ""
        while !text.contains("trial 2/30"), case let chunk = output.fileHandleForReading.availableData,
            !chunk.isEmpty
        {
            text += String(decoding: chunk, as: UTF8.self)
        }
        kill(killed.processIdentifier, SIGKILL)
        killed.waitUntilExit()
        #expect(text.contains("trial 2/30") && killed.terminationReason == .uncaughtSignal)

        let resumed = try result(runs)
        #expect(resumed.status == 0 && resumed.output.contains("from an earlier run"))
        let whole = try result(folder.url.appending(path: "other.sqlite").path)
        let line = { (outcome: CairnProgram.Outcome) in
            outcome.output.split(separator: "\n").last { $0.hasPrefix("result ") }
        }
        #expect(line(resumed) == line(whole) && line(whole) != nil)
    }

    /// Several processes write at once; each epoch of each arrives.
    @Test func severalCairnsShareAStore() async throws {
        let folder = try TemporaryFolder()
        let runs = folder.url.appending(path: "runs.sqlite").path
        let script = Self.setup.replacing("1200", with: "120") + "repeat 5 { train 2 }"
        await withTaskGroup(of: Int32?.self) { group in
            for _ in 0..<4 {
                group.addTask { try? CairnProgram.run(["--runs", runs, "-c", script]).status }
            }
            for await status in group { #expect(status == 0) }
        }
        let listed = try CairnProgram.run(["--runs", runs, "-c", "runs 100"]).output
        #expect(listed.split(separator: "\n").count { $0.contains(" finished") } == 20)
    }

    @Test func theTableOfTrialsIsDrawnOver() throws {
        let home = try ScratchFolder()
        let cairn = try TerminalProcess("cairn", columns: 100, rows: 40, home: home)
        cairn.wait("prompt") { $0.lines.last == "cairn>" }
        for line in Self.setup.split(separator: "\n") { cairn.type(line + "\r") }
        cairn.shows("cairn tiny 0>", cursor: (0, 14))
        cairn.type("search random { rate = log 1e-3..1e-1; filters = 2..8 } trials=1000 epochs=2\r")
        // Best first, below the head, once.
        cairn.wait("table") { terminal in
            terminal.lines.last.map { $0.contains("/1000") && !$0.contains(" 1/1000") } == true
                && terminal.lines.count { $0.hasPrefix("trial ") && $0.contains("filters") } == 1
        }
        cairn.type("\u{03}")
        cairn.wait("the end") { terminal in
            terminal.lines.last == "cairn tiny 0>"
                && terminal.lines.contains("stopped: the same search goes on from here")
                && terminal.lines.count { $0.hasPrefix("trial ") && $0.contains("filters") } == 1
        }
    }
}
