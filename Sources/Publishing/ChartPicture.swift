import CommandLanguage

/// A chart as on paper: curves differ in colour, in dashes and by the names at their ends.
struct ChartPicture {
    private let chart: Chart
    /// The finite points of each series, broken at the gaps.
    private let curves: [[[Chart.Point]]]
    private let area: Area

    init(_ chart: Chart, in area: Area) {
        self.chart = chart
        self.area = area
        curves = chart.pieces
    }

    private static let dashes: [[Double]] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [2, 6]]

    /// One further in each round of colours, so that only the 37th curve looks as the first.
    private static func dashes(of series: Int) -> [Double] {
        dashes[(series + series / Canvas.Color.series.count) % dashes.count]
    }

    func draw(on canvas: Canvas) {
        canvas.text(chart.title, area.left, area.top + 14, size: 16)
        let nameWidth = names.map { canvas.width(of: $0, size: 12) }.max() ?? 0
        // About as wide as it will be, but for the labels of the other axis.
        guard let (horizontal, vertical) = chart.axes(across: Int((area.width - nameWidth) / 90), upwards: 6)
        else {
            return canvas.text("no points to draw", area.left, area.top + 48, .faint)
        }
        let labels = vertical.ticks.map(vertical.label)
        let labelWidth = labels.map { canvas.width(of: $0, size: 12) }.max() ?? 0
        let plot = Area(
            left: area.left + labelWidth + 10, top: area.top + 34,
            right: area.right - (nameWidth > 0 ? min(nameWidth, longestName) + 12 : 4),
            bottom: area.bottom - 42)
        drawAxes(on: canvas, plot, horizontal, vertical, labels)
        let ends = drawCurves(on: canvas, plot, horizontal, vertical)
        drawNames(on: canvas, plot, ends)
    }

    private var longestName: Double { area.width / 3 }

    /// At the curves' ends; nothing if the title already names the only one.
    private var names: [String] {
        let names = chart.series.map(\.name)
        return names.count == 1 && (names[0] == chart.title || names[0].isEmpty) ? [] : names
    }

    private func drawAxes(
        on canvas: Canvas, _ plot: Area, _ horizontal: Axis, _ vertical: Axis, _ labels: [String]
    ) {
        for (tick, label) in zip(vertical.ticks, labels) {
            let y = plot.bottom - vertical.position(of: tick) * plot.height
            canvas.line([(plot.left, y), (plot.right, y)], .grid)
            canvas.text(label, plot.left - 8, y + 4, .faint, .right)
        }
        for tick in horizontal.ticks {
            let x = plot.left + horizontal.position(of: tick) * plot.width
            canvas.line([(x, plot.bottom), (x, plot.bottom + 5)], .faint)
            canvas.text(horizontal.label(tick), x, plot.bottom + 19, .faint, .center)
        }
        canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], .faint)
        canvas.text(chart.xLabel, (plot.left + plot.right) / 2, plot.bottom + 36, .faint, .center)
        if !chart.yLabel.isEmpty, chart.yLabel != chart.title {
            canvas.text(chart.yLabel, area.left, area.top + 28, .faint, size: 11)
        }
    }

    /// The height at which each curve ends; nil for those without points.
    private func drawCurves(
        on canvas: Canvas, _ plot: Area, _ horizontal: Axis, _ vertical: Axis
    ) -> [Double?] {
        func place(_ point: Chart.Point) -> (x: Double, y: Double) {
            (
                plot.left + horizontal.position(of: point.x) * plot.width,
                plot.bottom - vertical.position(of: point.y) * plot.height
            )
        }
        for (index, band) in chart.bands.enumerated() {
            let edges =
                band.map { place(Chart.Point($0.x, $0.lower)) }
                + band.reversed().map { place(Chart.Point($0.x, $0.upper)) }
            canvas.shade(edges, Canvas.Color.series[index % Canvas.Color.series.count])
        }
        return curves.enumerated().map { index, pieces in
            let color = Canvas.Color.series[index % Canvas.Color.series.count]
            for piece in pieces {
                let places = piece.map(place)
                canvas.line(places, color, width: 2, dashes: Self.dashes(of: index))
                // Few points are measurements that one wants to see.
                if places.count <= 40 {
                    for place in places { canvas.dot(place.x, place.y, radius: 2.6, color) }
                }
            }
            return pieces.last?.last.map { place($0).y }
        }
    }

    /// Beside the curves' ends, moved apart where they would touch.
    private func drawNames(on canvas: Canvas, _ plot: Area, _ ends: [Double?]) {
        guard !names.isEmpty else { return }
        let wanted = ends.enumerated().compactMap { index, y in y.map { (index: index, y: $0) } }
            .sorted { $0.y < $1.y }
        var last = -Double.infinity
        var places: [(index: Int, y: Double)] = []
        for (index, y) in wanted {
            last = max(y, last + 15)
            places.append((index, last))
        }
        let overflow = max((places.last?.y ?? 0) - plot.bottom, 0)
        for (index, y) in places {
            let color = Canvas.Color.series[index % Canvas.Color.series.count]
            canvas.text(
                canvas.clipped(names[index], to: longestName, size: 12), plot.right + 8, y - overflow + 4,
                color)
        }
    }
}
