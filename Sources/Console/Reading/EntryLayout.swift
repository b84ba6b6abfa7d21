/// Where each character of an entry stands on the screen: its lines broken into rows that fit right of the prompt.
package struct EntryLayout: Equatable {
    package struct Row: Equatable {
        /// What stands left of it: the prompt, a continuation mark, or nothing (a long line goes on).
        package enum Margin: Equatable { case prompt, continuation, blank }

        package var margin: Margin
        package var text: String
    }

    package private(set) var rows: [Row] = [Row(margin: .prompt, text: "")]
    package private(set) var cursorRow = 0
    package private(set) var cursorColumn = 0

    /// - Parameters:
    ///   - cursor: How many scalars are before it.
    ///   - columns: The room for text in each row.
    package init(_ text: [Unicode.Scalar], cursor: Int, columns: Int) {
        var used = 0
        func isFull(for width: Int) -> Bool { used > 0 && used + width > columns }

        for (index, scalar) in text.enumerated() {
            let shown = EntryLayout.shown(scalar, at: used)
            if scalar != "\n", isFull(for: shown.columns) {
                rows.append(Row(margin: .blank, text: ""))
                used = 0
            }
            if index == cursor { (cursorRow, cursorColumn) = (rows.count - 1, used) }
            if scalar == "\n" {
                // The cursor behind the last column of a full row stands on a row of its own.
                rows.append(Row(margin: .continuation, text: ""))
                used = 0
            } else {
                rows[rows.count - 1].text += shown
                used += shown.columns
            }
        }
        if cursor >= text.count { (cursorRow, cursorColumn) = (rows.count - 1, used) }
        if cursorColumn >= columns {
            let row = cursorRow + 1
            if row == rows.count || rows[row].margin != .blank { rows.insert(Row(margin: .blank, text: ""), at: row) }
            (cursorRow, cursorColumn) = (row, 0)
        }
    }

    /// A tab as spaces up to the next multiple of four; another control character as `^X`.
    private static func shown(_ scalar: Unicode.Scalar, at column: Int) -> String {
        switch scalar.value {
        case 0x09: String(repeating: " ", count: 4 - column % 4)
        case 0x00..<0x20: "^" + String(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
        case 0x7F: "^?"
        default: String(Character(scalar))
        }
    }
}
