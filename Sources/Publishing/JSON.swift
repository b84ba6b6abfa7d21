import CommandLanguage
import FoundationEssentials

/// Displayables as a JSON array of objects with a `kind`; a number that is not finite is null.
func json(_ displayables: [Displayable]) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(displayables.map(Record.init)) else {
        preconditionFailure("texts and finite numbers can be written")
    }
    return Array(data) + Array("\n".utf8)
}

private struct Record: Encodable {
    struct Series: Encodable {
        let name: String
        let x: [Double?]
        let y: [Double?]
    }

    struct Picture: Encodable {
        let caption: String
        let height: Int
        let width: Int
        let channels: Int
        /// Rows of pixels of channels, 0...255.
        let pixels: [UInt8]
    }

    let kind: String
    var text: String?
    var title: String?
    var columns: [String]?
    var rows: [[String]]?
    var xLabel: String?
    var yLabel: String?
    var series: [Series]?
    var images: [Picture]?

    init(_ displayable: Displayable) {
        switch displayable {
        case .text(let styled):
            kind = "text"
            text = styled.text
        case .table(let table):
            kind = "table"
            title = table.title
            columns = table.columns.map(\.title)
            rows = table.rows.map { $0.map(\.text) }
        case .chart(let chart):
            kind = "chart"
            title = chart.title
            (xLabel, yLabel) = (chart.xLabel, chart.yLabel)
            func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
            series = chart.series.map { series in
                Series(
                    name: series.name, x: series.points.map { finite($0.x) },
                    y: series.points.map { finite($0.y) })
            }
        case .image(let grid):
            kind = "images"
            images = grid.images.map {
                Picture(
                    caption: $0.caption, height: $0.height, width: $0.width, channels: $0.channels,
                    pixels: $0.bytes)
            }
        }
    }
}
