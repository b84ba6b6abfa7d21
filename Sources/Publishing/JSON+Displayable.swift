import CommandLanguage

extension Displayable {
    /// What it is called in JSON.
    var kind: String {
        switch self {
        case .text: "text"
        case .table: "table"
        case .chart: "chart"
        case .image: "images"
        case .heatMap: "heatMap"
        }
    }

    /// What there is to know of it besides its kind: numbers in full, not as they are shown.
    var members: [JSON.Member] {
        switch self {
        case .text(let text): [("text", .text(text.text))]
        case .table(let table):
            [
                ("title", JSON(table.title)), ("columns", .array(table.columns.map { .text($0.title) })),
                ("rows", .array(table.rows.map { .array(zip($0, table.columns).map { $0.json(in: $1) }) })),
            ]
        case .chart(let chart):
            [
                ("title", .text(chart.title)), ("xLabel", .text(chart.xLabel)),
                ("yLabel", .text(chart.yLabel)), ("isLogarithmic", .boolean(chart.isLogarithmic)),
                ("isLogarithmicUpwards", .boolean(chart.isLogarithmicUpwards)),
                ("series", .array(chart.series.map(\.json))),
            ]
        case .heatMap(let map):
            [
                ("title", .text(map.title)), ("xLabel", .text(map.xLabel)), ("yLabel", .text(map.yLabel)),
                ("columns", .array(map.columns.map { .text($0) })),
                ("rows", .array(map.rows.map { .text($0) })),
                ("values", .array(map.values.map { .array($0.map { .number($0) }) })),
            ]
        case .image(let grid): [("images", .array(grid.images.map(\.json)))]
        }
    }
}

extension StyledText {
    /// A cell: its value in full; else, in a column of numbers, the number that it reads as. An empty one is null.
    fileprivate func json(in column: Table.Column) -> JSON {
        if let value { return JSON(value) }
        let text = text
        if text.isEmpty { return .null }
        guard column.alignment == .right, let number = Double(text.ungrouped) else { return .text(text) }
        return .number(number)
    }
}

extension Chart.Series {
    fileprivate var json: JSON {
        .object([
            ("name", .text(name)), ("x", .array(points.map { .number($0.x) })),
            ("y", .array(points.map { .number($0.y) })),
            (
                "band",
                .array(band.map { .array([.number($0.x), .number($0.lower), .number($0.upper)]) })
            ),
        ])
    }
}

extension ImageGrid.Image {
    /// Its pixels are rows of pixels of channels, 0...255.
    fileprivate var json: JSON {
        .object([
            ("caption", .text(caption)), ("height", .number(Double(height))),
            ("width", .number(Double(width))),
            ("channels", .number(Double(channels))), ("pixels", .array(bytes.map { .number(Double($0)) })),
        ])
    }
}

/// Displayables as a JSON array of objects with a `kind`.
func json(_ displayables: [Displayable]) -> [UInt8] {
    let records = displayables.map { JSON.object([("kind", .text($0.kind))] + $0.members) }
    return Array((JSON.array(records).encoded + "\n").utf8)
}
