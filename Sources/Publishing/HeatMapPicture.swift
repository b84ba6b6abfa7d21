import CommandLanguage

/// A heat map as on paper: dark is much, and the numbers stand in the cells where they fit.
struct HeatMapPicture {
    private let map: HeatMap
    private let area: Area

    init(_ map: HeatMap, in area: Area) { (self.map, self.area) = (map, area) }

    private static let top = 40.0
    private static let bottom = 44.0

    static func height(of map: HeatMap) -> Double {
        top + bottom + min(max(Double(map.rows.count) * 28, 120), 640)
    }

    func draw(on canvas: Canvas) {
        canvas.text(map.title, area.left, area.top + 14, size: 16)
        let labels = map.rows.map { canvas.width(of: $0, size: 12) }.max() ?? 0
        let plot = Area(
            left: area.left + min(labels, area.width / 3) + 10, top: area.top + Self.top, right: area.right,
            bottom: area.bottom - Self.bottom + 12)
        canvas.text(map.yLabel, area.left, area.top + 32, .faint, size: 11)
        let (width, height) = (
            plot.width / Double(max(map.columns.count, 1)), plot.height / Double(max(map.rows.count, 1))
        )
        // All numbers or none.
        let texts = map.values.map { $0.map { $0.isFinite ? $0.sixDigits : "" } }
        let widestNumber = texts.joined().map { canvas.width(of: $0, size: 11) }.max() ?? 0
        let writes = height >= 14 && widestNumber < width - 4
        for row in map.rows.indices {
            let y = plot.top + Double(row) * height
            if height >= 9 || row % Int((12 / height).rounded(.up)) == 0 {
                canvas.text(map.rows[row], plot.left - 8, y + height / 2 + 4, .faint, .right)
            }
            for column in map.columns.indices {
                guard let shade = map.shade(row: row, column: column) else { continue }
                let x = plot.left + Double(column) * width
                canvas.fill(x, y, width + 0.3, height + 0.3, Self.color(shade))
                guard writes else { continue }
                canvas.text(
                    texts[row][column], x + width / 2, y + height / 2 + 4, shade > 0.5 ? .paper : .ink,
                    size: 11, .center)
            }
        }
        // As many of the columns' labels as have room.
        let widest = map.columns.map { canvas.width(of: $0, size: 12) }.max() ?? 0
        let stride = max(Int(((widest + 8) / width).rounded(.up)), 1)
        for column in Swift.stride(from: 0, to: map.columns.count, by: stride) {
            canvas.text(
                map.columns[column], plot.left + (Double(column) + 0.5) * width, plot.bottom + 16, .faint,
                .center)
        }
        canvas.text(map.xLabel, (plot.left + plot.right) / 2, plot.bottom + 33, .faint, .center)
    }

    /// From nearly white to dark blue: evenly darker, so that it reads in grey, too.
    private static func color(_ shade: Double) -> Canvas.Color {
        func mix(_ light: Double, _ dark: Double) -> Double { light + (dark - light) * shade }
        return Canvas.Color(red: mix(0.96, 0.03), green: mix(0.97, 0.19), blue: mix(0.98, 0.42))
    }
}
