import Glibc
import TerminalSupport
import Testing

// Keys in, screen out: the probe with the whole console in a pseudo-terminal.

@Suite(.serialized) struct PromptTests {
    private let home: ScratchFolder

    init() throws { home = try ScratchFolder() }

    private func start(
        columns: Int = 80, rows: Int = 24, _ environment: [String: String] = [:]
    ) throws -> TerminalProcess {
        let probe = try TerminalProcess(
            "ConsoleProbe", columns: columns, rows: rows, home: home, environment: environment)
        probe.shows("Probe", "probe>", cursor: (0, 7))
        return probe
    }

    private enum Key {
        static let up = "\u{1B}[A", down = "\u{1B}[B", right = "\u{1B}[C", left = "\u{1B}[D"
        static let home = "\u{1B}[H", end = "\u{1B}[F", delete = "\u{1B}[3~", backspace = "\u{7F}"
        static func control(_ letter: Character) -> String {
            letter.asciiValue.map { String(Character(Unicode.Scalar($0 & 0x1F))) } ?? ""
        }
    }

    @Test func typingAndErasing() throws {
        let probe = try start()
        probe.type("trainn 5")
        probe.shows("probe> trainn 5", cursor: (0, 15))
        probe.type(Key.left + Key.left + Key.backspace)
        probe.shows("probe> train 5", cursor: (0, 12))
        probe.type(Key.home + "x" + Key.end + "0")
        probe.shows("probe> xtrain 50")
        probe.type(Key.home + Key.delete + "\r")
        probe.shows("probe> train 50", "got [train 50]", "probe>")
    }

    @Test func killedTextComesBack() throws {
        let probe = try start()
        probe.type("one two three" + Key.control("w"))
        probe.shows("probe> one two", cursor: (0, 15))
        probe.type(Key.control("a") + Key.control("k") + "x " + Key.control("y"))
        probe.shows("probe> x one two", cursor: (0, 17))
        probe.type(Key.control("u"))
        probe.shows("probe>", cursor: (0, 7))
    }

    @Test func promptShowsWhereYouAre() throws {
        let probe = try start()
        probe.type("count\r")
        probe.shows("probe> count", "probe net 1>", cursor: (0, 13))
    }

    @Test func accentsAndWideCharacters() throws {
        let probe = try start(columns: 40)
        probe.type("h\u{E9} \u{65E5}\u{672C} x")
        probe.shows("probe> h\u{E9} \u{65E5}\u{672C} x", cursor: (0, 16))
        probe.type(Key.left + Key.left + Key.backspace + "!")
        probe.shows("probe> h\u{E9} \u{65E5}! x", cursor: (0, 13))
        probe.type("\r")
        probe.shows("got [h\u{E9} \u{65E5}! x]", "probe>")
    }

    @Test func longLinesWrapBesideThePrompt() throws {
        let probe = try start(columns: 20)
        probe.type("abcdefghijklm")
        // The thirteenth character fills the row; the cursor waits on the next.
        probe.shows("probe> abcdefghijklm", "", cursor: (0, 7))
        probe.type("nop")
        probe.shows("probe> abcdefghijklm", "       nop", cursor: (0, 10))
        probe.type(Key.backspace + Key.backspace + Key.backspace + Key.backspace)
        probe.shows("probe> abcdefghijkl", cursor: (0, 19))
    }

    // MARK: Completion

    @Test func tabWithoutCandidatesRings() throws {
        let probe = try start()
        probe.type("xyz\t")
        probe.wait("bell") { $0.bellCount == 1 }
        probe.shows("probe> xyz")
    }

    @Test func tabWithOneCandidateInsertsIt() throws {
        let probe = try start()
        probe.type("foo tab\t")
        probe.shows("probe> foo table", cursor: (0, 17))
        probe.type("x" + Key.home + "cha\t")
        probe.shows("probe> chart foo table x", cursor: (0, 13))
    }

    @Test func tabWithSeveralInsertsWhatTheyShareThenListsThem() throws {
        let probe = try start(columns: 40)
        probe.type("t\t")
        probe.shows(
            "train     Trains the network for some\u{2026}", "transfer  Takes over weights.",
            "table     Shows a table.",
            "probe> t", cursor: (0, 8))
        probe.type("r\t")
        probe.shows("probe> tra", cursor: (0, 10))
        probe.type("i\t5\r")
        probe.shows("probe> train 5", "got [train 5]", "probe>")
    }

    @Test func tabWithManySaysHowManyMore() throws {
        let probe = try start(rows: 12)
        probe.type("layer\t")
        probe.shows("layer7   Layer number 7.", "... and 36 more", "probe> layer")
    }

    // MARK: Blocks

    private let block = "model lenet {\rconv 32\rrelu\r}"

    @Test func blockIsOneEntry() throws {
        let probe = try start()
        probe.type(block)
        probe.shows("probe> model lenet {", "  ...>   conv 32", "  ...>   relu", "  ...> }", cursor: (0, 8))
        probe.type("\r")
        probe.shows("got [model lenet {|  conv 32|  relu|}]", "probe>")
    }

    @Test func blockIsEditedInTheMiddle() throws {
        let probe = try start()
        probe.type(block + Key.up + Key.up)
        probe.shows("  ...>   conv 32", "  ...>   relu", "  ...> }", cursor: (2, 8))
        probe.type(Key.end + " kernel=3")
        probe.shows("  ...>   conv 32 kernel=3", "  ...>   relu", "  ...> }", cursor: (2, 25))
        probe.type(Key.down)
        probe.shows("  ...>   conv 32 kernel=3", "  ...>   relu", "  ...> }", cursor: (1, 13))
        // A row joins the one above, and is split again.
        probe.type(Key.home + Key.backspace)
        probe.shows("probe> model lenet {", "  ...>   conv 32 kernel=3  relu", "  ...> }", cursor: (1, 25))
        probe.type("\u{1B}\r")
        probe.shows("  ...>   conv 32 kernel=3", "  ...>     relu", "  ...> }", cursor: (1, 9))
        probe.type("\r")
        probe.shows("got [model lenet {|  conv 32 kernel=3|    relu|}]", "probe>")
    }

    @Test func blockIsRecalledWhole() throws {
        let probe = try start()
        probe.type("first\r" + block + "\r" + "unfinished" + Key.up)
        probe.shows("probe> model lenet {", "  ...>   conv 32", "  ...>   relu", "  ...> }", cursor: (0, 8))
        probe.type(Key.up + Key.up + Key.up + Key.up)
        probe.shows("probe> first", cursor: (0, 12))
        probe.type(Key.down)
        probe.shows("probe> model lenet {", "  ...>   conv 32", "  ...>   relu", "  ...> }", cursor: (0, 8))
        probe.type(Key.down)
        probe.shows("probe> unfinished", cursor: (0, 17))
        probe.type(Key.up + "\r")
        probe.shows("got [model lenet {|  conv 32|  relu|}]", "probe>")
    }

    @Test func blockTallerThanTheWindowCanBeEdited() throws {
        let probe = try start(columns: 100, rows: 5)
        let rows = (1...9).map { "row \($0)\r" }.joined()
        probe.type("a {\r" + rows + "}")
        probe.shows("  ...>   row 6", "  ...>   row 7", "  ...>   row 8", "  ...>   row 9", "  ...> }")
        probe.type(String(repeating: Key.up, count: 8))
        probe.shows(
            "  ...>   row 2", "  ...>   row 3", "  ...>   row 4", "  ...>   row 5", "  ...>   row 6",
            cursor: (4, 8))
        probe.type(Key.end + "!" + "\r")
        probe.shows(
            "got [a {|  row 1|  row 2!|  row 3|  row 4|  row 5|  row 6|  row 7|  row 8|  row 9|}]", "probe>")
    }

    @Test func pasteOfManyLinesWithTabsIsOneEntry() throws {
        let probe = try start(columns: 500)
        let lines = ["net {"] + (1...18).map { "\tlayer\($0)\tx" } + ["}"]
        probe.type("\u{1B}[200~" + lines.joined(separator: "\r") + "\r\u{1B}[201~")
        probe.shows("  ...>     layer18 x", "  ...> }", cursor: (0, 8))
        probe.type("\r")
        probe.shows("got [" + lines.joined(separator: "|").replacing("\t", with: "<tab>") + "]", "probe>")
    }

    // MARK: Signals and the end

    @Test func controlCClearsTheLine() throws {
        let probe = try start()
        probe.type(Key.control("c"))
        probe.shows("Probe", "probe> ^C", "probe>", cursor: (0, 7))
        probe.type("half a line" + Key.left)
        probe.shows("probe> half a line", cursor: (0, 17))
        probe.type(Key.control("c"))
        probe.shows("probe> half a line^C", "probe>", cursor: (0, 7))
        probe.type("next\r")
        probe.shows("got [next]", "probe>")
    }

    @Test func controlCDropsABlock() throws {
        let probe = try start()
        probe.type("a {\rb\rc" + Key.up)
        probe.shows("probe> a {", "  ...>   b", "  ...>   c", cursor: (1, 10))
        probe.type(Key.control("c"))
        probe.shows("  ...>   b", "  ...>   c^C", "probe>", cursor: (0, 7))
        probe.type("d\r")
        probe.shows("got [d]", "probe>")
    }

    @Test func controlCStopsACommandAndNothingElse() throws {
        let probe = try start()
        probe.type("spin\r")
        probe.wait("progress") { $0.lines.contains { $0.hasPrefix("epoch 1/3") && $0.contains("loss 0.31") } }
        // The second comes while the first is still pending, or at the prompt.
        probe.type(Key.control("c") + Key.control("c"))
        probe.wait("prompt") { $0.lines.last == "probe>" && $0.lines.contains { $0.contains("stopped") } }
        probe.type("still here\r")
        probe.shows("got [still here]", "probe>")
    }

    @Test func controlDDeletesInALineAndEndsOnAnEmptyOne() throws {
        let probe = try start()
        probe.type("abc" + Key.left + Key.left + Key.control("d"))
        probe.shows("probe> ac", cursor: (0, 8))
        probe.type(Key.control("u") + Key.control("k") + Key.control("d"))
        #expect(probe.waitForExit() == 0)
        #expect(probe.terminal.lines == ["Probe", "probe>", ""])
        #expect(probe.hasPlainModes)
    }

    @Test func quitEnds() throws {
        let probe = try start()
        probe.type("quit\r")
        #expect(probe.waitForExit() == 0)
        #expect(probe.hasPlainModes)
    }

    @Test(arguments: [SIGTERM, SIGHUP]) func signalsThatEndRestoreTheTerminal(_ signal: Int32) throws {
        let probe = try start()
        probe.type("half")
        probe.shows("probe> half")
        #expect(!probe.hasPlainModes)
        probe.send(signal)
        #expect(probe.waitForExit() == -signal)
        #expect(probe.hasPlainModes)
        #expect(String(decoding: probe.raw, as: UTF8.self).contains("\u{1B}[?2004l"))
    }

    @Test func continuedProcessDrawsItsLineAgain() throws {
        let probe = try start()
        probe.type("half")
        probe.shows("probe> half")
        probe.send(SIGSTOP)
        probe.send(SIGCONT)
        probe.type("way\r")
        probe.shows("got [halfway]", "probe>")
    }

    @Test func controlZWithoutAShellOnlyDrawsTheLineAgain() throws {
        let probe = try start()
        probe.type("half")
        probe.shows("probe> half")
        // Nobody could continue the process: the system does not stop it.
        probe.type(Key.control("z"))
        probe.shows("probe> half^Z", "probe> half", cursor: (0, 11))
        probe.type("way\r")
        probe.shows("got [halfway]", "probe>")
    }

    @Test func resizing() throws {
        let probe = try start(columns: 60)
        probe.type("a {\ra fairly long row that will not fit any mor")
        probe.shows("probe> a {", "  ...>   a fairly long row that will not fit any mor")
        probe.resize(columns: 30)
        probe.shows(
            "Probe", "probe> a {", "  ...>   a fairly long row tha", "       t will not fit any mor",
            cursor: (0, 29))
        probe.resize(columns: 60)
        probe.shows("Probe", "probe> a {", "  ...>   a fairly long row that will not fit any mor")
    }

    @Test func controlLClearsTheScreen() throws {
        let probe = try start()
        probe.type("one\rtwo")
        probe.shows("got [one]", "probe> two")
        probe.type(Key.control("l"))
        probe.wait("empty screen") { $0.lines == ["probe> two"] }
    }

    @Test func unknownKeysTypeNothing() throws {
        let probe = try start()
        probe.type("a\u{1B}[15~\u{1B}[1;2P\u{1B}[[Ab")
        probe.shows("probe> ab", cursor: (0, 9))
    }

    // MARK: History

    @Test func historyIsKeptBetweenStarts() throws {
        let first = try start()
        first.type("one\rone\rm {\rx\r}\r")
        first.shows("got [m {|  x|}]", "probe>")
        first.type(Key.control("d"))
        #expect(first.waitForExit() == 0)

        let second = try start()
        second.type(Key.up)
        second.shows("probe> m {", "  ...>   x", "  ...> }")
        second.type(Key.up + Key.up + Key.up)
        second.shows("Probe", "probe> one")
        // Nothing is older: "one" was kept once.
        second.type(Key.up)
        second.type("!")
        second.shows("probe> one!")
    }

    @Test func whatWasTypedBeforeIsSuggested() throws {
        let probe = try start()
        probe.type("one two three\r")
        probe.shows("got [one two three]", "probe>")
        probe.type("on")
        probe.shows("probe> one two three", cursor: (0, 9))
        // Typing on is not accepting.
        probe.type("x\r")
        probe.shows("probe> onx", "got [onx]", "probe>")
        // A word of it, then the rest, then an edit.
        probe.type("one" + "\u{1B}[1;5C")
        probe.shows("probe> one two three", cursor: (0, 14))
        probe.type(Key.right)
        probe.shows("probe> one two three", cursor: (0, 20))
        probe.type(Key.backspace + Key.control("k") + Key.end + "!\r")
        probe.shows("got [one two three!]", "probe>")
        // Deleting the rest of a row is not accepting either.
        probe.type("one t" + Key.control("k") + "\r")
        probe.shows("got [one t]", "probe>")
        // Not in the middle of a text, and nothing that could be taken for typed text.
        probe.type("one t" + Key.left + Key.left)
        probe.shows("probe> one t", cursor: (0, 10))
    }

    @Test func suggestionsKeepToTheWindowAndToColors() throws {
        let narrow = try start(columns: 20)
        narrow.type("abcdefghijklmnopqrstuvwxyz\r")
        narrow.wait("prompt") { $0.lines.last == "probe>" }
        narrow.type("ab")
        narrow.shows("probe> abcdefghijk\u{2026}", cursor: (0, 9))
        let plain = try start(["NO_COLOR": "1"])
        plain.type("one two\ron")
        plain.shows("got [one two]", "probe> on", cursor: (0, 9))
    }

    @Test func aBlockIsSuggestedWhole() throws {
        let probe = try start()
        probe.type("block x {\rinner\r}\r")
        probe.shows("got [block x {|  inner|}]", "probe>")
        probe.type("blo")
        probe.shows("probe> block x {", cursor: (0, 10))
        probe.type(Key.right + "\r")
        probe.shows("got [block x {|  inner|}]", "probe>")
    }

    @Test func whatIsExpectedStandsBelow() throws {
        let probe = try start()
        probe.type("ask ")
        probe.shows("probe> ask", "answer: anything", cursor: (1, 11))
        probe.type("me\r")
        probe.shows("probe> ask me", "got [ask me]", "probe>")
    }

    @Test func controlRFindsOlderEntries() throws {
        let probe = try start()
        probe.type("alpha 1\rbeta\rALPHA 2\rgamma\r" + Key.control("r") + "alp")
        probe.shows("probe> ALPHA 2", "search: alp")
        probe.type(Key.control("r"))
        probe.shows("probe> alpha 1", "search: alp")
        probe.type("x")
        probe.shows("probe> alpha 1", "not found: alpx")
        probe.type(Key.backspace + Key.control("g"))
        probe.shows("got [gamma]", "probe>")
        probe.type(Key.control("r") + "bet\r")
        probe.shows("probe> beta", "got [beta]", "probe>")
    }

    // MARK: Terminals that can do less

    @Test func withoutColorsOnlyTheColorsAreMissing() throws {
        let colorful = try start()
        #expect(String(decoding: colorful.raw, as: UTF8.self).contains("\u{1B}[1mprobe"))
        let plain = try start(["NO_COLOR": "1"])
        plain.type(block + "\r")
        plain.shows("got [model lenet {|  conv 32|  relu|}]", "probe>")
        let text = String(decoding: plain.raw, as: UTF8.self)
        #expect(text.matches(of: /\u{1B}\[[0-9;]*m/).isEmpty)
    }

    @Test func dumbTerminalGetsNoEscapes() throws {
        let probe = try start(["TERM": "dumb"])
        probe.type("a {\n")
        probe.shows("probe> a {", "  ...>", cursor: (0, 7))
        probe.type("b\n")
        probe.shows("  ...> b", "  ...>", cursor: (0, 7))
        probe.type("}\n")
        probe.shows("got [a {|b|}]", "probe>", cursor: (0, 7))
        probe.type("spin\n")
        probe.shows("probe> spin", "spinning", "")
        probe.type(Key.control("c"))
        probe.wait("stop") { $0.lines.contains { $0.hasSuffix("stopped") } && $0.lines.last == "probe>" }
        probe.type("half")
        probe.shows("probe> half")
        probe.type(Key.control("c"))
        probe.shows("probe> half^C", "probe>")
        #expect(!probe.terminal.hasEscapes)
        probe.type(Key.control("d"))
        #expect(probe.waitForExit() == 0)
    }

    @Test func asciiTerminalGetsAscii() throws {
        let probe = try start(["LANG": "C"])
        probe.type("chart\r")
        probe.wait("chart") {
            $0.lines.last == "probe>" && $0.lines.contains { $0.contains("hot.train.loss") }
        }
        #expect(probe.raw.allSatisfy { $0 < 0x80 })
    }

    @Test func accentsNeedNoLocale() throws {
        let probe = try start(["LANG": "C"])
        probe.type("h\u{E4}\u{E9}\u{3B1}\r")
        probe.shows("got [h\u{E4}\u{E9}\u{3B1}]", "probe>")
    }

    @Test func slowCommandsSayHowLongTheyTook() throws {
        let probe = try start()
        probe.type("sleep\r")
        probe.wait("time") {
            $0.lines.last == "probe>" && $0.lines.dropLast().last?.hasPrefix("took 1.") == true
        }
        #expect(
            probe.terminal.lines.dropLast(2).last
                == "epoch 1/1  \(String(repeating: "\u{2588}", count: 20))  loss 0.2")
    }

    @Test func failuresKeepThePrompt() throws {
        let probe = try start()
        probe.type("fail\rbad\r")
        probe.shows("error: it failed", "probe> bad", "error: `bad` does not check", "probe>")
    }
}
