import CommandLanguage

extension Terminal {
    /// The title, the headed columns over a rule, and the rows.
    ///
    /// If it is too wide, headings wider than their numbers (columns aligned right) are wrapped, then the widest column of
    /// text gives way until it fits, and its cells are wrapped; numbers never are.
    package func render(_ table: Table) -> String {
        var table = table
        table.title = table.title.map(transliterated)
        for index in table.columns.indices {
            table.columns[index].title = transliterated(table.columns[index].title)
        }
        table.rows = table.rows.map { $0.map(transliterated) }
        let widths = columnWidths(of: table)
        let rule = isUnicode ? "\u{2500}" : "-"
        var lines: [String] = []
        if let title = table.title {
            lines += StyledText(title.printable, .heading).wrapped(to: width).map(paint)
        }
        if table.columns.contains(where: { !$0.title.isEmpty }) {
            lines += row(
                table.columns.map { StyledText($0.title, .strong) }, table.columns, widths, isHead: true)
            lines.append(
                paint(widths.map { String(repeating: rule, count: $0) }.joined(separator: "  "), Ink(.faint)))
        }
        for cells in table.rows { lines += row(cells, table.columns, widths) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func columnWidths(of table: Table) -> [Int] {
        let cells = table.columns.indices.map { index in
            table.rows.map { $0[index].lines.map(\.displayWidth).max() ?? 0 }.max() ?? 0
        }
        var widths = zip(table.columns, cells).map { max($0.title.displayWidth, $1) }
        let least = zip(table.columns, cells).map { column, cell in
            column.alignment == .right ? max(StyledText(column.title).narrowestWidth, cell) : 8
        }
        let available = width - 2 * max(0, widths.count - 1)
        for alignment in [Table.Alignment.right, .left] {
            while widths.reduce(0, +) > available {
                let flexible = widths.indices.filter {
                    table.columns[$0].alignment == alignment && widths[$0] > least[$0]
                }
                guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
            }
        }
        return widths
    }

    /// One row of cells as the lines of its tallest cell; headings stand on the rule.
    private func row(
        _ cells: [StyledText], _ columns: [Table.Column], _ widths: [Int], isHead: Bool = false
    ) -> [String] {
        var wrapped = zip(cells, widths).map { cell, width in cell.lines.flatMap { $0.wrapped(to: width) } }
        let height = wrapped.map(\.count).max() ?? 0
        if isHead {
            wrapped = wrapped.map { Array(repeating: StyledText([]), count: height - $0.count) + $0 }
        }
        return (0..<height).map { index in
            var line = ""
            var pending = 0
            for (column, lines) in wrapped.enumerated() {
                let cell = index < lines.count ? lines[index] : StyledText([])
                let space = max(0, widths[column] - cell.displayWidth)
                let isRight = columns[column].alignment == .right
                if cell.displayWidth > 0 {
                    line += String(repeating: " ", count: pending + (isRight ? space : 0)) + paint(cell)
                    pending = isRight ? 0 : space
                } else {
                    pending += space
                }
                pending += 2
            }
            return line
        }
    }
}
