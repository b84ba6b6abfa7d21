import CommandLanguage

// A chart of braille dots, or of letters where only ASCII is at hand:
//
//     loss
//      2.0 ┤⢇
//      1.0 ┤ ⠑⠢⢄⣀⡀        a
//        0 ┼──┬──────┬──
//             1      2
//               epoch
//     a ⠒⠒⠒ hot.train.loss   b ⠒ ⠒ cool.train.loss
//
// Curves differ in colour, in pattern and by the letter at their end, so that colour is never the only way to tell.

extension Terminal {
    package func render(_ chart: Chart) -> String {
        ChartDrawing(chart, on: self).lines.map { $0 + "\n" }.joined()
    }
}

private struct ChartDrawing {
    let chart: Chart
    let terminal: Terminal
    /// The finite points of each series, broken at the gaps.
    let curves: [[[Chart.Point]]]

    init(_ chart: Chart, on terminal: Terminal) {
        self.chart = chart
        self.terminal = terminal
        curves = chart.pieces
    }

    private var letters: [String] {
        if curves.count < 2 { return terminal.isUnicode ? [""] : ["*"] }
        return "abcdefghijklmnopqrstuvwxyz".map(String.init)
    }

    /// How long a pattern's dashes and gaps are, in dots; a gap of none is a full line.
    private static let patterns: [(dash: Int, gap: Int)] = [(1, 0), (4, 3), (1, 2), (7, 2), (2, 2), (1, 5)]

    /// One further in each round of colours, so that only the 37th curve looks as the first.
    private static func pattern(of series: Int) -> Int { (series + series / patterns.count) % patterns.count }

    private func ink(_ series: Int) -> Ink { Ink(series: series, of: terminal.colors) }

    private func isOn(_ series: Int, _ count: Int) -> Bool {
        // Letters tell the curves apart, and gaps between them would be wide.
        guard terminal.isUnicode else { return true }
        let pattern = Self.patterns[Self.pattern(of: series)]
        return count % (pattern.dash + pattern.gap) < pattern.dash
    }

    var lines: [String] {
        var lines = chart.title.isEmpty ? [] : [terminal.paint(chart.title.printable, Ink(.heading))]
        if !chart.yLabel.isEmpty, chart.yLabel != chart.title {
            lines.append(terminal.paint(" " + chart.yLabel.printable, Ink(.faint)))
        }
        let rows = max(6, min(16, terminal.height - 8))
        // The labels upwards decide how much room there is across.
        guard let (_, vertical) = chart.axes(across: 2, upwards: max(2, rows / 3)) else {
            return lines + [terminal.paint("  no points to draw", Ink(.faint))] + legend
        }
        let labels = vertical.ticks.map(vertical.label)
        let labelWidth = labels.map(\.displayWidth).max() ?? 0
        // The label, a space, the axis, and a letter at the end.
        let columns = max(10, min(terminal.width, 110) - labelWidth - 3 - (curves.count > 1 ? 2 : 0))
        guard let (horizontal, _) = chart.axes(across: max(2, columns / 12), upwards: 2) else { return lines }

        let canvas = draw(columns: columns, rows: rows, horizontal, vertical)
        let ends = endLetters(on: canvas, vertical)
        var tickRows: [Int: String] = [:]
        for (tick, label) in zip(vertical.ticks, labels) {
            tickRows[canvas.row(at: vertical.position(of: tick))] = label
        }
        for row in 0..<rows {
            let label = (tickRows[row] ?? "").indented(to: labelWidth)
            let mark = tickRows[row] == nil ? sign("\u{2502}", "|") : sign("\u{2524}", "+")
            let end = ends[row].map { " " + terminal.paint(letters[$0 % letters.count], ink($0)) }
            let curve = drawn(canvas, row: row, isTrimmed: end == nil)
            lines.append(terminal.paint(" \(label) \(mark)", Ink(.faint)) + curve + (end ?? ""))
        }
        lines += horizontalAxis(horizontal, on: canvas, margin: labelWidth + 2)
        return lines + legend
    }

    private func sign(_ unicode: String, _ ascii: String) -> String { terminal.isUnicode ? unicode : ascii }

    private func draw(columns: Int, rows: Int, _ horizontal: Axis, _ vertical: Axis) -> DotCanvas {
        var canvas = DotCanvas(columns: columns, rows: rows, isBraille: terminal.isUnicode)
        func place(_ point: Chart.Point) -> (x: Int, y: Int) {
            (canvas.x(at: horizontal.position(of: point.x)), canvas.y(at: vertical.position(of: point.y)))
        }
        for (series, band) in chart.bands.enumerated() {
            let edges = band.map { spread in
                let (lower, upper) = (
                    place(Chart.Point(spread.x, spread.lower)), place(Chart.Point(spread.x, spread.upper))
                )
                return (x: lower.x, lower: lower.y, upper: upper.y)
            }
            for (start, end) in zip(edges, edges.dropFirst() + edges.suffix(1)) {
                for x in start.x...max(end.x, start.x) {
                    let share = end.x > start.x ? Double(x - start.x) / Double(end.x - start.x) : 0
                    func between(_ a: Int, _ b: Int) -> Int {
                        Int((Double(a) + Double(b - a) * share).rounded())
                    }
                    for y in between(start.upper, end.upper)...between(start.lower, end.lower) {
                        canvas.shade(x, y, owner: series)
                    }
                }
            }
        }
        for (series, pieces) in curves.enumerated() {
            var count = 0
            for piece in pieces {
                let places = piece.map(place)
                if places.count == 1 {
                    drawCross(&canvas, at: places[0], owner: series)
                }
                for (start, end) in zip(places, places.dropFirst()) {
                    canvas.drawLine(from: start, to: end, owner: series, count: &count) { isOn(series, $0) }
                }
            }
        }
        return canvas
    }

    /// A point without neighbours would hardly be seen as one dot.
    private func drawCross(_ canvas: inout DotCanvas, at place: (x: Int, y: Int), owner: Int) {
        canvas.set(place.x, place.y, owner: owner)
        guard canvas.isBraille else { return }
        for (x, y) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
            canvas.set(place.x + x, place.y + y, owner: owner)
        }
    }

    /// One row of the canvas: runs of one owner's characters in its colour, those of its band fainter.
    private func drawn(_ canvas: DotCanvas, row: Int, isTrimmed: Bool) -> String {
        var line = ""
        var (run, runInk) = ("", Ink?.none)
        func close() {
            line += runInk.map { terminal.paint(run, $0) } ?? run
            run = ""
        }
        for column in 0..<canvas.columns {
            let (text, owner, isBand) = canvas.character(row: row, column: column, letters: letters)
            let ink = owner.map { isBand ? self.ink($0).faint : self.ink($0) }
            if ink != runInk { close() }
            runInk = ink
            run += text
        }
        if runInk != nil || !isTrimmed { close() }
        return line
    }

    /// The row in which each curve's letter stands at the right: its last point's, or one further down where a curve that
    /// ends higher stands already; at the bottom the others make room.
    private func endLetters(on canvas: DotCanvas, _ vertical: Axis) -> [Int: Int] {
        guard curves.count > 1 else { return [:] }
        let heights = curves.enumerated().compactMap { series, pieces in
            pieces.last?.last.map { (series: series, y: $0.y) }
        }.sorted { $0.y > $1.y }
        var ends: [Int: Int] = [:]
        var firstFree = 0
        for (index, end) in heights.enumerated() {
            let lowest = canvas.rows - (heights.count - index)
            let row = max(firstFree, min(canvas.row(at: vertical.position(of: end.y)), lowest))
            ends[row] = end.series
            firstFree = row + 1
        }
        return ends
    }

    private func horizontalAxis(_ axis: Axis, on canvas: DotCanvas, margin: Int) -> [String] {
        let columns = canvas.columns
        var rule = Array(repeating: sign("\u{2500}", "-"), count: columns)
        var labels = ""
        for tick in axis.ticks {
            let column = canvas.column(at: axis.position(of: tick))
            rule[column] = sign("\u{252C}", "+")
            let label = axis.label(tick)
            // Centred under its mark, but not before the text of the one before nor beyond the edge.
            let start = min(max(0, column - label.displayWidth / 2), columns - label.displayWidth)
            if labels.isEmpty ? start >= 0 : start > labels.displayWidth {
                labels = labels.padded(to: start) + label
            }
        }
        let indent = String(repeating: " ", count: margin)
        let corner = sign("\u{2514}", "+")
        var lines = [indent + corner + rule.joined(), indent + " " + labels]
        if !chart.xLabel.isEmpty {
            let label = chart.xLabel.printable
            lines.append(indent + " " + label.indented(to: (columns + label.displayWidth) / 2))
        }
        return lines.map { terminal.paint($0, Ink(.faint)) }
    }

    /// The letter, a piece of the pattern and the name of each series; nothing if the title already names the only one.
    private var legend: [String] {
        guard
            chart.series.count > 1
                || chart.series.contains(where: { $0.name != chart.title && !$0.name.isEmpty })
        else { return [] }
        var lines: [String] = []
        var used = terminal.width
        for (index, series) in chart.series.enumerated() {
            let sample = sample(of: index)
            let name = series.name.printable + (curves[index].isEmpty ? " (no points)" : "")
            let entry = "  " + terminal.paint(sample, ink(index)) + " " + name
            let columns = sample.displayWidth + name.displayWidth + 3
            if used + columns > terminal.width {
                lines.append(entry)
                used = columns
            } else {
                lines[lines.count - 1] += entry
                used += columns
            }
        }
        return lines
    }

    /// A series's letter and a piece of its pattern.
    private func sample(of series: Int) -> String {
        let letter = letters[series % letters.count]
        guard terminal.isUnicode else { return letter }
        var canvas = DotCanvas(columns: 5, rows: 1, isBraille: true)
        var count = 0
        canvas.drawLine(from: (0, 1), to: (9, 1), owner: series, count: &count) { isOn(series, $0) }
        let line = (0..<5).map { canvas.character(row: 0, column: $0, letters: letters).text }.joined()
        return letter.isEmpty ? line : letter + " " + line
    }
}
