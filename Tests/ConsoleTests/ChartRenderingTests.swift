import CommandLanguage
import Testing

@testable import Console

struct ChartRenderingTests {
    private func chart(_ series: Chart.Series...) -> Chart { chart(series) }

    private func chart(_ series: [Chart.Series]) -> Chart {
        Chart(title: "loss", xLabel: "epoch", series: series)
    }

    private func render(_ chart: Chart, width: Int = 40, isUnicode: Bool = true) -> String {
        Terminal(width: width, height: 16, isUnicode: isUnicode).render(chart)
    }

    private let falling = Chart.Series("loss", [.init(0, 2), .init(1, 1), .init(2, 0.5), .init(3, 0.25)])

    @Test func oneCurve() {
        #expect(
            render(chart(falling)) == """
                loss
                 2 ┤⠑⠢⣀
                   │   ⠑⠢⣀
                   │      ⠑⠢⣀
                   │         ⠑⠢⣀
                 1 ┤            ⠉⠒⠢⠤⢄⣀
                   │                  ⠉⠑⠒⠢⠤⣀⣀
                   │                         ⠉⠉⠉⠒⠒⠒⠤⠤⠤⣀⣀
                 0 ┤
                   └┬───────────┬──────────┬───────────┬
                    0           1          2           3
                                   epoch

                """)
    }

    @Test func oneCurveInASCII() {
        #expect(
            render(chart(falling), isUnicode: false) == """
                loss
                 2 +**
                   |  ***
                   |     ***
                   |        ***
                 1 +           *******
                   |                  ***********
                   |                             *******
                 0 +
                   ++-----------+----------+-----------+
                    0           1          2           3
                                   epoch

                """)
    }

    @Test func curvesDifferInPatternAndLetterToo() {
        let two = chart(
            .init("a.loss", [.init(0, 2), .init(3, 0.25)]), .init("b.loss", [.init(0, 1), .init(3, 0.5)]))
        #expect(
            render(two) == """
                loss
                 2 ┤⠉⠒⠤⢄⡀
                   │    ⠈⠉⠒⠤⢄⡀
                   │         ⠈⠉⠒⠤⢄⡀
                   │              ⠈⠉⠒⠤⣀⡀
                 1 ┤⠉⠉ ⠐⠒⠂ ⠢⠤ ⠠⠤⡀ ⣀⣀   ⠈⠑⠒⠤⣀⡀
                   │                 ⠈⠉⠁ ⠉⠒ ⠘⠓⠒⠤⣤⡤ ⢀⣀⡀ b
                   │                             ⠈⠑⠒⠤⣀ a
                 0 ┤
                   └┬─────────────────────┬───────────
                    0                     2
                                  epoch
                  a ⠒⠒⠒⠒⠒ a.loss  b ⠒⠒ ⠐⠒ b.loss

                """)
        let ascii = render(two, isUnicode: false)
        #expect(
            ascii.contains(" 1 +bbbbbbbbbbbbbbbbb   aaaaa\n") && ascii.hasSuffix("\n  a a.loss  b b.loss\n"))
    }

    /// The letters, the marks and the dots of one value are in one row; letters are in the order of the ends.
    @Test(arguments: [true, false]) func lettersStandWhereCurvesEnd(isUnicode: Bool) throws {
        for value in stride(from: 0.05, to: 1, by: 0.05) {
            let drawn = render(
                chart(.init("a", [.init(0, 0), .init(1, value)]), .init("b", [.init(0, 1), .init(1, 1)])),
                isUnicode: isUnicode)
            let lines = drawn.split(separator: "\n")
            let higher = try #require(lines.firstIndex { $0.hasSuffix(" b") })
            let lower = try #require(lines.firstIndex { $0.hasSuffix(" a") })
            // Where both end in one row, the lower one's letter stands below.
            #expect(higher < lower, "\(value):\n\(drawn)")
            #expect(
                lower == higher + 1 || !lines[lower].dropLast(2).hasSuffix(" "), "\(value):\n\(drawn)")
        }
    }

    @Test func theSeventhCurveIsNotTheFirstAgain() {
        let seven = chart((0..<7).map { .init("c\($0)", [.init(0, Double($0))]) })
        let legend = render(seven, width: 200).split(separator: "\n").last ?? ""
        #expect(legend.contains("a ⠒⠒⠒⠒⠒ c0") && !legend.contains("g ⠒⠒⠒⠒⠒ c6"))
    }

    @Test func equalFactorsAreEquallyFarApart() {
        var rates = chart(
            .init("loss", [(0, 9), (1e-4, 2), (1e-3, 2), (1e-2, 1), (0.1, 0)].map { .init($0, $1) }))
        rates.isLogarithmic = true
        #expect(
            render(rates) == """
                loss
                 2 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠑⠢⣀
                   │               ⠑⠤⡀
                   │                 ⠈⠑⠤⡀
                   │                    ⠈⠒⢄⡀
                 1 ┤                       ⠈⠒⢄⡀
                   │                          ⠈⠑⠤⡀
                   │                             ⠈⠑⠢⣀
                 0 ┤                                 ⠑⠢⢄
                   └┬──────────────────────┬────────────
                    0.0001               0.01
                                   epoch

                """)
    }

    /// Marks at powers of ten, fewer of them if there is no room; over a short range at 1, 2 and 5 too.
    @Test(arguments: [
        ([1e-6, 10], 8, [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10]), ([1e-6, 10], 4, [1e-6, 1e-4, 1e-2, 1]),
        ([0.03, 0.3], 5, [0.05, 0.1, 0.2]), ([0.01], 4, [0.01]), ([3, 4], 4, []),
    ])
    func logarithmicMarks(_ values: [Double], _ count: Int, _ ticks: [Double]) {
        let axis = Axis(logarithmicCovering: values, count: count)
        #expect(axis.ticks.count == ticks.count)
        #expect(zip(axis.ticks, ticks).allSatisfy { abs($0 / $1 - 1) < 1e-9 })
        #expect(axis.position(of: values[0]) == 0 && (values.count < 2 || axis.position(of: values[1]) == 1))
    }

    @Test func numbersThatAreNotFiniteAreGaps() {
        let gaps = chart(
            .init(
                "loss",
                [(0, 2), (1, 1), (2, .nan), (3, 1), (4, .infinity), (5, 2), (6, 0)].map { .init($0, $1) }))
        #expect(
            render(gaps, isUnicode: false) == """
                loss
                 2 +*                            *
                   | **                           *
                   |   *                           *
                   |    **                          *
                 1 +      *           *             *
                   |                                 *
                   |                                  *
                 0 +                                   *
                   ++-----------+----------+-----------+
                    0           2          4           6
                                   epoch

                """)
    }

    @Test func aPointAloneIsACross() {
        let drawn = render(chart(.init("loss", [.init(1, 0.7)])))
        #expect(
            drawn.split(separator: "\n").count { $0.contains { ("\u{2801}"..."\u{28FF}").contains($0) } } >= 1
        )
        #expect(render(chart(.init("loss", [.init(1, 0.7)])), isUnicode: false).count { $0 == "*" } == 1)
    }

    @Test func aConstantIsALineInTheMiddle() {
        let lines = render(chart(.init("loss", (0..<5).map { .init(Double($0), 0.7) })), isUnicode: false)
            .split(separator: "\n")
        let row = lines.firstIndex { $0.contains("****") }
        #expect(row.map { lines[$0].hasPrefix(" 0.7 +******") } == true)
    }

    @Test func seriesWithoutPointsAreNamed() {
        #expect(
            render(chart(.init("loss", []), .init("acc", [.init(0, .nan)])), isUnicode: false)
                == "loss\n  no points to draw\n  a loss (no points)  b acc (no points)\n")
    }

    @Test(arguments: [
        [(0.0, -1.7e308), (1e12, 1.7e308)], [(0, 1e-7), (1, 3e-7)], [(0, 0), (100_000, 12_345_678)],
        [(-3, 1e-300), (4, 0)],
        [(0, -3.2), (10, 7)],
    ]) func anyNumbersCanBeDrawn(_ points: [(Double, Double)]) {
        for width in [1, 20, 40, 80, 200] {
            let lines = render(chart(.init("loss", points.map { .init($0, $1) })), width: width).split(
                separator: "\n")
            #expect(lines.count == 12)
            if width >= 40 { #expect(lines.allSatisfy { $0.displayWidth <= width }) }
        }
    }

    @Test(arguments: [
        ([0.23, 2.31], 5, ["0", "0.5", "1.0", "1.5", "2.0", "2.5"]),
        ([0, 60_000], 4, ["0", "20000", "40000", "60000"]),
        ([-3, 7], 4, ["-5", "0", "5", "10"]),
        ([0.91, 0.93], 4, ["0.910", "0.915", "0.920", "0.925", "0.930"]),
        ([0, 3e-7], 3, ["0", "1e-7", "2e-7", "3e-7"]), ([0, 12e6], 3, ["0", "5e6", "1.0e7", "1.5e7"]),
    ]) func marksAreRoundNumbers(_ values: [Double], _ count: Int, _ labels: [String]) {
        let axis = Axis(covering: values, count: count, isTight: false)
        #expect(axis.ticks.map(axis.label) == labels)
    }

    @Test func epochsAreMarkedAsWholeNumbers() {
        let axis = Axis(covering: [1, 2, 3], count: 12, isTight: true)
        #expect(axis.ticks.map(axis.label) == ["1", "2", "3"])
    }
}
