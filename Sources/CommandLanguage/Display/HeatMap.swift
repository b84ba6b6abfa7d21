/// A number in each cell of rows and columns, drawn as how dark it is and, where there is room, written.
package struct HeatMap: Sendable, Equatable {
    package var title: String
    /// What the columns are.
    package var xLabel: String
    /// What the rows are.
    package var yLabel: String
    package var columns: [String]
    package var rows: [String]
    /// By row, then by column; what is not finite is left empty.
    package var values: [[Double]]

    package init(
        title: String, xLabel: String, yLabel: String, columns: [String], rows: [String],
        values: [[Double]]
    ) {
        precondition(
            values.count == rows.count && values.allSatisfy { $0.count == columns.count },
            "a value for each column of each row")
        (self.title, self.xLabel, self.yLabel) = (title, xLabel, yLabel)
        (self.columns, self.rows, self.values) = (columns, rows, values)
    }

    /// The least and the greatest value, 0 included where none is below.
    package var range: ClosedRange<Double> {
        let finite = values.joined().filter(\.isFinite)
        let lower = min(finite.min() ?? 0, 0)
        return lower...max(finite.max() ?? lower, lower)
    }

    /// How dark a cell is, from 0 to 1; nil for an empty one.
    package func shade(row: Int, column: Int) -> Double? {
        let (value, range) = (values[row][column], range)
        guard value.isFinite else { return nil }
        return range.upperBound > range.lowerBound
            ? (value - range.lowerBound) / (range.upperBound - range.lowerBound) : 0
    }

    /// As a table with a row for each row.
    package var table: Table {
        Table(
            title: title,
            columns: [.init(yLabel)] + columns.map { .init($0, .right) },
            rows: zip(rows, values).map { label, values in
                [StyledText(label)]
                    + values.map { StyledText($0.isFinite ? $0.sixDigits : "", value: .number($0)) }
            })
    }
}
