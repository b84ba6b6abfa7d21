import CommandLanguage

/// Charts and images below each other on one sheet.
struct Picture {
    private let parts: [Displayable]
    private static let width = 800.0
    private static let chartHeight = 440.0
    private static let margin = 16.0

    init(_ parts: [Displayable]) { self.parts = parts }

    func encoded(as format: OutputFormat) throws(PublishingError) -> [UInt8] {
        let height = parts.reduce(0) { $0 + Self.height(of: $1) }
        let canvas = Canvas(width: Self.width, height: height, format: format)
        var top = 0.0
        for part in parts {
            let height = Self.height(of: part)
            let area = Area(
                left: Self.margin, top: top + Self.margin, right: Self.width - Self.margin,
                bottom: top + height - Self.margin)
            switch part {
            case .chart(let chart): ChartPicture(chart, in: area).draw(on: canvas)
            case .image(let grid): GridPicture(grid, width: area.width).draw(on: canvas, at: area)
            case .heatMap(let map): HeatMapPicture(map, in: area).draw(on: canvas)
            case .text, .table: break
            }
            top += height
        }
        return try canvas.finish()
    }

    private static func height(of part: Displayable) -> Double {
        switch part {
        case .image(let grid): GridPicture(grid, width: width - 2 * margin).height + 2 * margin
        case .heatMap(let map): HeatMapPicture.height(of: map) + 2 * margin
        default: chartHeight
        }
    }
}

/// A part of a sheet, in points.
struct Area {
    let left: Double, top: Double, right: Double, bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
}
