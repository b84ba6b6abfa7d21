import CommandLanguage

extension Displayable {
    /// Comma-separated values (RFC 4180): a table's rows, or a chart's points as `series,x,y`.
    var csv: String {
        let rows: [[String]] =
            switch self {
            case .table(let table):
                [table.columns.map(\.title)] + table.rows.map { $0.map(\.csvField) }
            case .chart(let chart):
                [
                    [
                        "series", chart.xLabel.isEmpty ? "x" : chart.xLabel,
                        chart.title.isEmpty ? "y" : chart.title,
                    ]
                ]
                    + chart.series.flatMap { series in
                        series.points.map { [series.name, "\($0.x)", "\($0.y)"] }
                    }
            case .heatMap(let map):
                [map.table.columns.map(\.title)] + map.table.rows.map { $0.map(\.csvField) }
            case .text, .image: []
            }
        return rows.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }

    /// A pipe table (GitHub Flavored Markdown, 4.10), or a text as it is.
    var markdown: String {
        switch self {
        case .text(let text): return text.text + "\n"
        case .chart, .image: return ""
        case .heatMap(let map): return Displayable.table(map.table).markdown
        case .table(let table):
            func row(_ cells: [String]) -> String {
                let safe = cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: "<br>") }
                return "| " + safe.joined(separator: " | ") + " |\n"
            }
            let title = table.title.map { "**\($0)**\n\n" } ?? ""
            return title + row(table.columns.map(\.title))
                + row(table.columns.map { $0.alignment == .right ? "---:" : "---" })
                + table.rows.map { row($0.map(\.text)) }.joined()
        }
    }
}

extension StyledText {
    /// A number in full, else the text.
    fileprivate var csvField: String {
        guard case .number(let number)? = value else { return text.ungrouped }
        return number.isFinite ? number.literal : text
    }

    /// Without roles; bars as blocks.
    var text: String { runs.map { $0.role == .bars ? StyledText.blocks($0.text) : $0.text }.joined() }
}

extension String {
    /// `55 000` as `55000`: a number for programs.
    var ungrouped: String {
        wholeMatch(of: #/-?[0-9]{1,3}( [0-9]{3})+/#) == nil ? self : replacing(" ", with: "")
    }
}
