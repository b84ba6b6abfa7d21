import CommandLanguage
import Console
import Testing

struct TableRenderingTests {
    private let table = Table(
        title: "Layers", columns: [.init("layer"), .init("what it does"), .init("parameters", .right)],
        rows: [
            ["conv1", "32 filters of 3x3, padding same, He initialisation", "320"],
            ["\u{65E5}\u{672C}", "caf\u{E9}", "1 290"],
        ])

    @Test(arguments: [80, 200]) func fitsAsItIs(_ width: Int) {
        #expect(
            Terminal(width: width).render(table) == """
                Layers
                layer  what it does                                        parameters
                ─────  ──────────────────────────────────────────────────  ──────────
                conv1  32 filters of 3x3, padding same, He initialisation         320
                日本   café                                                     1 290

                """)
    }

    @Test func headingsGiveWayToText() {
        let wide = Table(
            title: "net: 1 290 parameters in all",
            columns: [.init("layer"), .init("first moment", .right), .init("mult-adds", .right)],
            rows: [["layer1.0.bn1+layer1.0.relu1", "0.02", "1.2 M"]])
        #expect(
            Terminal(width: 42).render(wide) == """
                net: 1 290 parameters in all
                                              first  mult-
                layer                        moment   adds
                ───────────────────────────  ──────  ─────
                layer1.0.bn1+layer1.0.relu1    0.02  1.2 M

                """)
        #expect(
            Terminal(width: 26).render(wide) == """
                net: 1 290 parameters in
                all
                              first  mult-
                layer        moment   adds
                ───────────  ──────  ─────
                layer1.0.      0.02  1.2 M
                bn1+layer1.
                0.relu1

                """)
    }

    @Test func textGivesWayToNumbers() {
        #expect(
            Terminal(width: 40, isUnicode: false).render(table) == """
                Layers
                layer  what it does           parameters
                -----  ---------------------  ----------
                conv1  32 filters of 3x3,            320
                       padding same, He
                       initialisation
                日本   café                        1 290

                """)
    }

    @Test func looksAreEscapesAroundTheText() {
        let small = Table(columns: [.init("a"), .init("b", .right)], rows: [[StyledText("x", .good), "1"]])
        #expect(
            Terminal(colors: .sixteen).render(small)
                == "\u{1B}[1ma\u{1B}[0m  \u{1B}[1mb\u{1B}[0m\n\u{1B}[2m─  ─\u{1B}[0m\n\u{1B}[32mx\u{1B}[0m  1\n"
        )
    }

    @Test(arguments: [10, 20, 40, 80, 200]) func noLineIsWiderThanTheTerminalIfTextCanGiveWay(_ width: Int) {
        let texts = Table(
            columns: [.init("one"), .init("two")],
            rows: [["a fairly long text with words", "anotherverylongwordwithoutanyspaces"]])
        for line in Terminal(width: max(width, 18)).render(texts).split(separator: "\n") {
            #expect(line.displayWidth <= max(width, 18))
        }
    }

    @Test func withoutTitlesThereIsNoRule() {
        #expect(Terminal().render(Table(columns: [.init(""), .init("")], rows: [["a", "b"]])) == "a  b\n")
    }

    @Test func cellsCannotSendEscapes() {
        let hostile = Table(columns: [.init("file")], rows: [["a\u{1B}[2Jb\u{07}"]])
        #expect(Terminal().render(hostile).hasSuffix("a[2Jb\n"))
    }
}
