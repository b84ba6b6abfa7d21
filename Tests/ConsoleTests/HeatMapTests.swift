import CommandLanguage
import Console
import Testing

struct HeatMapTests {
    private let map = HeatMap(
        title: "test", xLabel: "answer", yLabel: "class", columns: ["0", "1", "2"],
        rows: ["circle", "square"], values: [[8, 2, 0], [1, .nan, 5.5]])

    @Test func numbersStandBesideTheirShades() {
        #expect(
            Terminal(width: 60).render(map) == """
                test
                class         0      1      2
                circle    █   8  ▓   2      0
                square    ▒   1         █ 5.5
                        answer   0 ░ 0.5 ▒ 2 ▓ 4.5 █ 8

                """)
    }

    @Test func numbersStandCloserWhereThereIsLessRoom() {
        #expect(
            Terminal(width: 24).render(map).split(separator: "\n")[2...3] == [
                "circle   █  8 ▓  2    0", "square   ▒  1      █5.5",
            ])
    }

    @Test func noNumberIsBrighterThanItsShade() {
        let lines = Terminal(width: 60, colors: .sixteen).render(map).split(separator: "\n")
        #expect(lines[2].hasSuffix("   2   \u{1B}[2m   0\u{1B}[0m"))
        #expect(lines[4].contains("\u{1B}[0m ▒ \u{1B}[2m2\u{1B}[0m ▓ "))
    }

    @Test func whereNumbersDoNotFitShadesDo() {
        #expect(
            Terminal(width: 18, isUnicode: false).render(map).replacing(#/ +\n/#, with: "\n") == """
                test
                class
                circle  ###***
                square  :::   ###
                        0       2
                        answer   0 . 0.5 : 2 * 4.5 # 8

                """)
    }

    @Test func narrowScreensMergeColumns() {
        let wide = HeatMap(
            title: "", xLabel: "", yLabel: "", columns: (0..<500).map(String.init), rows: ["a"],
            values: [(0..<500).map(Double.init)])
        for width in [3, 20, 80] {
            let lines = Terminal(width: width).render(wide).split(separator: "\n")
            #expect(lines[0].count <= max(width, 4))
        }
    }
}

struct BandTests {
    private let chart = Chart(
        title: "loss", xLabel: "step",
        series: [
            Chart.Series(
                "a", [.init(1, 2), .init(2, 1)], band: [.init(1, 1...4), .init(2, 0.5...2)])
        ])

    @Test func aBandLiesAroundItsCurve() {
        let shown = Terminal(width: 40, height: 16, isUnicode: false).render(chart)
        #expect(shown.contains("...") && shown.contains("*"))
        // The axis reaches as far as the band.
        #expect(shown.contains(" 4 "))
    }

    /// Its edges are straight from place to place, and the curve on it is not lost among its dots.
    @Test func aBandIsFainterThanItsCurve() {
        let shown = Terminal(width: 24, height: 14, colors: .indexed).render(chart)
        let lines = shown.split(separator: "\n").dropFirst().map {
            $0.replacing("\u{1B}[2;38;5;32m", with: "(").replacing("\u{1B}[38;5;32m", with: "<")
                .replacing("\u{1B}[2m", with: "").replacing("\u{1B}[0m", with: ")")
        }
        #expect(
            lines.prefix(6) == [
                " 4 ┤)(⠡⠠⠠⠠)", "   │)(⠡⠡⠡⠡⠡⠡⠡⠡⠠⠠⠠)", "   │)(⠡⠡⠡⠡⠡⠡⠡⠡⠡⠡⠡⠡⠡⠡⠠⠠⠠)",
                " 2 ┤)<⠉⠉⠒⠒⠒⠒⠤⠤⠤⠤⣀⣀⣀⣀)(⠡⠡⠡⠡⠡⠡)",
                "   │)(⠁⠁⠁⠡⠡⠡⠡⠡⠡⠡⠡⠡⠡⠡)<⠉⠉⠉⠉⠒⠒)", " 0 ┤)                 (⠁⠁⠁)",
            ])
    }

    /// On a logarithmic axis equal factors are equally far apart, and 0 is a gap.
    @Test func logarithmicUpwards() throws {
        var chart = Chart(
            title: "loss", xLabel: "step", isLogarithmicUpwards: true,
            series: [Chart.Series("a", [.init(1, 1), .init(2, 0), .init(3, 100), .init(4, 10)])])
        let axes = try #require(chart.axes(across: 4, upwards: 3))
        #expect([1.0, 10, 100].map(axes.vertical.position) == [0, 0.5, 1])
        #expect(chart.pieces[0].map(\.count) == [1, 2])
        chart.series = [Chart.Series("a", [.init(1, 0), .init(2, -1)])]
        #expect(chart.axes(across: 4, upwards: 3) == nil)
        #expect(Terminal(width: 40).render(chart).contains("no points to draw"))
    }
}
