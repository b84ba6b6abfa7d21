import CommandLanguage
import Console
import Testing

struct TextRenderingTests {
    @Test func hintsGoOnBesideTheirCarets() {
        let terminal = Terminal(width: 30, isInteractive: true)
        #expect(
            terminal.render("    |  ^^^ one of `a`, `b`, `c`, `d`") == """
                    |  ^^^ one of `a`, `b`,
                           `c`, `d`

                """)
        #expect(terminal.render("|update| / |weight| of the last step").hasSuffix("\nlast step\n"))
        // At most half of the line.
        #expect(
            terminal.render("    |              ^^^^ one of `a`, `b`").split(separator: "\n").last
                == "               `a`, `b`")
    }

    @Test func formulasAreSpelledInASCII() {
        let formula: StyledText = "x\u{302} = (x \u{2212} \u{3BC}) / \u{221A}(e\u{207B}\u{2E3} + y\u{B2})"
        #expect(Terminal().render(formula) == formula.plain + "\n")
        #expect(Terminal(isUnicode: false).render(formula) == "x = (x - mu) / sqrt (e^-x + y^2)\n")
        let table = Table(columns: [.init("\u{2016}a\u{2016}")], rows: [["caf\u{E9} \u{B1}1"]])
        #expect(Terminal(isUnicode: false).render(table) == "||a||\n--------\ncaf\u{E9} +-1\n")
    }

    private func screen(_ width: Int, _ colors: Terminal.Colors = .none) -> Terminal {
        Terminal(width: width, colors: colors, isInteractive: true)
    }

    @Test func longLinesAreWrappedUnderTheirFirstWord() {
        #expect(
            screen(20).render("A line of words that is long.\n  - and one more with indent\nshort") == """
                A line of words that
                is long.
                  - and one more
                  with indent
                short

                """)
    }

    @Test func wordsLongerThanTheScreenAreCut() {
        #expect(screen(8).render("abcdefghijklmno p") == "abcdefgh\nijklmno\np\n")
    }

    /// The screen breaks the line by itself where it is full.
    @Test(
        arguments: [
            (
                "train 5 batch=128 -> a-name",
                "train 5             batch=128 ->    a-name\n"
            ),
            ("  print $name \"a b\" $a", "  print $name         \"a b\" $a\n"),
            ("train 5 budget=60s", "train 5             budget=60s\n"), ("train 5", "train 5\n"),
        ] as [(String, String)])
    func codeIsOneLineThatBreaksAtWords(_ line: String, _ shown: String) {
        #expect(screen(16).render(StyledText(line, .code)) == shown)
        #expect(Terminal(width: 16).render(StyledText(line, .code)) == line + "\n")
    }

    @Test func proseIsNoWiderThanIsReadWithEase() {
        let text = StyledText(Array(repeating: "word", count: 30).joined(separator: " "))
        #expect(screen(200).render(text).split(separator: "\n").map(\.count) == [149])
        #expect(screen(200).render(text.asProse).split(separator: "\n").map(\.count) == [99, 49])
        #expect(screen(60).render(text.asProse).split(separator: "\n").map(\.count) == [59, 59, 29])
    }

    @Test func pipesGetWholeLines() {
        #expect(Terminal(width: 10).render("one line that is longer") == "one line that is longer\n")
    }

    @Test func rolesBecomeLooksThatWrappingKeeps() {
        let text = StyledText([.init("plain "), .init("strong words", .strong)])
        #expect(
            screen(14, .sixteen).render(text) == "plain \u{1B}[1mstrong\u{1B}[0m\n\u{1B}[1mwords\u{1B}[0m\n")
        #expect(screen(14).render(text) == "plain strong\nwords\n")
    }

    @Test func emptyLinesStay() { #expect(screen(20).render("a\n\nb") == "a\n\nb\n") }

    @Test(arguments: [
        (["TERM": "xterm"], Terminal.Colors.sixteen), (["TERM": "xterm-256color"], .indexed),
        (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .full), (["TERM": "xterm-direct"], .full),
        (["TERM": "dumb"], .none), ([:], .none), (["TERM": "xterm", "NO_COLOR": "1"], .none),
        (["TERM": "xterm", "NO_COLOR": ""], .sixteen),
    ]) func environmentDecidesOnColors(_ environment: [String: String], _ colors: Terminal.Colors) {
        #expect(Terminal.colors(in: environment) == colors)
    }
}
