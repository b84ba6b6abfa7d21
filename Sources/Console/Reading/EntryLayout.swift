/// Where each character of an entry stands on the screen: its lines broken into rows that fit right of the prompt.
package struct EntryLayout: Equatable {
    package struct Row: Equatable {
        /// What stands left of it: the prompt, a continuation mark, or nothing (a long line goes on).
        package enum Margin: Equatable { case prompt, continuation, blank }

        package var margin: Margin
        package var text = ""
        package var columns = 0
    }

    package private(set) var rows = [Row(margin: .prompt)]
    package private(set) var cursorRow = 0
    package private(set) var cursorColumn = 0

    /// The rows of a text with `cursor` scalars before the cursor, where each row has room for `columns`.
    package init(_ text: [Unicode.Scalar], cursor: Int, columns: Int) {
        var used: Int { rows[rows.count - 1].columns }
        for (index, scalar) in text.enumerated() {
            let shown = EntryLayout.shown(scalar, at: used)
            // Scalar by scalar, as they are edited.
            let width = shown.unicodeScalars.reduce(0) { $0 + Character($1).displayWidth }
            if scalar != "\n", used > 0, used + width > columns { rows.append(Row(margin: .blank)) }
            if index == cursor { (cursorRow, cursorColumn) = (rows.count - 1, used) }
            if scalar == "\n" {
                rows.append(Row(margin: .continuation))
            } else {
                rows[rows.count - 1].text += shown
                rows[rows.count - 1].columns += width
            }
        }
        if cursor >= text.count { (cursorRow, cursorColumn) = (rows.count - 1, used) }
        if cursorColumn >= columns {
            // Behind the last column of a full row it stands on a row of its own.
            let row = cursorRow + 1
            if row == rows.count || rows[row].margin != .blank { rows.insert(Row(margin: .blank), at: row) }
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
