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
    package let values: [[Double]]
    /// The least and the greatest value, 0 included where none is below.
    package let range: ClosedRange<Double>

    package init(
        title: String, xLabel: String, yLabel: String, columns: [String], rows: [String],
        values: [[Double]]
    ) {
        precondition(
            values.count == rows.count && values.allSatisfy { $0.count == columns.count },
            "a value for each column of each row")
        (self.title, self.xLabel, self.yLabel) = (title, xLabel, yLabel)
        (self.columns, self.rows, self.values) = (columns, rows, values)
        let finite = values.joined().filter(\.isFinite)
        let lower = min(finite.min() ?? 0, 0)
        range = lower...max(finite.max() ?? lower, lower)
    }

    /// How dark a cell is, from 0 to 1: the square root of its place in the range, so that little is seen beside much; nil
    /// for an empty one.
    package func shade(row: Int, column: Int) -> Double? {
        let value = values[row][column]
        guard value.isFinite else { return nil }
        return range.upperBound > range.lowerBound
            ? ((value - range.lowerBound) / (range.upperBound - range.lowerBound)).squareRoot() : 0
    }

    /// The value that is so dark.
    package func value(ofShade shade: Double) -> Double {
        range.lowerBound + shade * shade * (range.upperBound - range.lowerBound)
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
