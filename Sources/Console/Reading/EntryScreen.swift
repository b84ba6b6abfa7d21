import CommandLanguage

/// Keeps the rows of an entry on the screen, by redrawing those that changed.
///
/// libedit's own drawing is not used: it has no room for a prompt before each row, loses count of rows when the
/// window is resized, and mixes up columns when a block is taller than the window.
final class EntryScreen {
    private let output: Output
    private(set) var terminal: Terminal
    /// Set by a reader for one entry.
    var promptWords: [String] = []

    /// What stands on the screen now, and where in it the cursor is.
    private var drawn: [String] = []
    private var drawnColumns: [Int] = []
    private var cursor: (row: Int, column: Int) = (0, 0)
    /// The first row shown of a block that is taller than the window.
    private var top = 0

    init(output: Output, terminal: Terminal) {
        self.output = output
        self.terminal = terminal
    }

    /// Starts on the row where the cursor is, which must be empty.
    func begin() {
        terminal.measure(output.descriptor)
        (drawn, drawnColumns, cursor, top) = ([], [], (0, 0), 0)
    }

    /// Brings the screen up to date; the ghost is what could be typed next, as far as its first line has room behind
    /// the text; the status is a row under the entry, such as what is searched for.
    func draw(
        _ text: [Unicode.Scalar], cursor position: Int, ghost: String = "", status: StyledText? = nil
    ) {
        let prompt = Prompt(words: promptWords, width: terminal.width)
        let layout = EntryLayout(text, cursor: position, columns: max(4, terminal.width - prompt.columns))
        var lines = layout.rows.map { row in
            switch row.margin {
            case .prompt: terminal.paint(prompt.first) + row.text
            case .continuation: terminal.paint(prompt.continuation) + row.text
            case .blank: String(repeating: " ", count: prompt.columns) + row.text
            }
        }
        var columns = layout.rows.map { prompt.columns + $0.columns }
        if let line = ghost.split(separator: "\n", omittingEmptySubsequences: false).first, !line.isEmpty {
            let room = terminal.width - 1 - columns[columns.count - 1]
            let shown = String(line).printable.clipped(to: max(room, 0), mark: terminal.cutMark)
            lines[lines.count - 1] += terminal.paint(shown, Ink(.faint))
            columns[columns.count - 1] += shown.displayWidth
        }
        if let status {
            let shown = StyledText(
                status.plain.clipped(to: terminal.width - 1, mark: terminal.cutMark), .faint)
            lines.append(terminal.paint(shown))
            columns.append(shown.displayWidth)
        }
        let height = max(1, terminal.height)
        top = min(top, layout.cursorRow, max(0, lines.count - height))
        top = max(top, layout.cursorRow - height + 1, status == nil ? 0 : lines.count - height)
        let shown = top..<min(lines.count, top + height)
        update(
            to: Array(lines[shown]), Array(columns[shown]),
            cursor: (layout.cursorRow - top, prompt.columns + layout.cursorColumn))
    }

    private func update(to lines: [String], _ columns: [Int], cursor target: (row: Int, column: Int)) {
        var escapes = ""
        for (row, line) in lines.enumerated() where row >= drawn.count || drawn[row] != line {
            escapes += moves(to: row) + line
            // Erasing behind a full row would take its last character.
            if columns[row] < terminal.width { escapes += "\u{1B}[K" }
            cursor = (row, min(columns[row], terminal.width - 1))
        }
        if lines.count < drawn.count {
            escapes += moves(to: lines.count - 1)
            escapes += "\n\r\u{1B}[J"
            cursor = (lines.count, 0)
        }
        if cursor != target {
            escapes += moves(to: target.row)
            if target.column > 0 { escapes += "\u{1B}[\(target.column)C" }
        }
        (drawn, drawnColumns, cursor) = (lines, columns, target)
        if !escapes.isEmpty { output.write(escapes) }
    }

    /// To the first column of a row, which may be the next below the last.
    private func moves(to row: Int) -> String {
        let distance = row - cursor.row
        cursor = (row, 0)
        if distance < 0 { return "\u{1B}[\(-distance)A\r" }
        return "\r" + String(repeating: "\n", count: distance)
    }

    /// Leaves the entry as it stands, and the cursor on an empty row below it.
    func end(mark: String = "") {
        let last = max(0, drawn.count - 1)
        var escapes = ""
        if !mark.isEmpty {
            escapes += moves(to: last)
            if let columns = drawnColumns.last, columns > 0 { escapes += "\u{1B}[\(columns)C" }
            escapes += mark
        } else {
            escapes += moves(to: last)
        }
        output.write(escapes + "\r\n")
        begin()
    }

    /// Clears the window; the entry is drawn anew at its top.
    func clear() {
        output.write("\u{1B}[H\u{1B}[2J")
        begin()
    }

    /// Erases what was drawn, for a window whose size has changed, to be drawn anew.
    ///
    /// A narrower window has broken each wider row in two (as terminals do that reflow).
    func resize() {
        let old = terminal.width
        terminal.measure(output.descriptor)
        let width = max(1, terminal.width)
        guard width != old else { return }
        var above = cursor.column / width
        for columns in drawnColumns.prefix(cursor.row) { above += max(0, columns - 1) / width + 1 }
        let up = min(above, terminal.height - 1)
        output.write((up > 0 ? "\u{1B}[\(up)A" : "") + "\r\u{1B}[J")
        begin()
    }
}
