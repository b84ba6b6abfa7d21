import CommandLanguage

extension Terminal {
    /// The title, the headed columns over a rule, and the rows.
    ///
    /// If it is too wide, the widest column of text gives way until it fits, and its cells are wrapped; numbers (columns
    /// aligned right) never do.
    package func render(_ table: Table) -> String {
        let widths = columnWidths(of: table)
        let rule = isUnicode ? "\u{2500}" : "-"
        var lines: [String] = []
        if let title = table.title { lines.append(paint(title.printable, Ink(.heading))) }
        if table.columns.contains(where: { !$0.title.isEmpty }) {
            lines += row(table.columns.map { StyledText($0.title, .strong) }, table.columns, widths)
            lines.append(
                paint(widths.map { String(repeating: rule, count: $0) }.joined(separator: "  "), Ink(.faint)))
        }
        for cells in table.rows { lines += row(cells, table.columns, widths) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func columnWidths(of table: Table) -> [Int] {
        var widths = table.columns.map { $0.title.displayWidth }
        for cells in table.rows {
            for (index, cell) in cells.enumerated() {
                widths[index] = max(widths[index], cell.lines.map(\.displayWidth).max() ?? 0)
            }
        }
        let available = width - 2 * max(0, widths.count - 1)
        let least = 8
        while widths.reduce(0, +) > available {
            let flexible = widths.indices.filter {
                table.columns[$0].alignment == .left && widths[$0] > least
            }
            guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    /// One row of cells as the lines of its tallest cell.
    private func row(_ cells: [StyledText], _ columns: [Table.Column], _ widths: [Int]) -> [String] {
        let wrapped = zip(cells, widths).map { cell, width in cell.lines.flatMap { $0.wrapped(to: width) } }
        return (0..<(wrapped.map(\.count).max() ?? 0)).map { index in
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
