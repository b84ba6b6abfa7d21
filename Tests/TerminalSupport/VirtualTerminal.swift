/// As much of a VT100 as the console may rely on: text that wraps late, cursor movement, erasing, scrolling. Colours
/// are ignored. What it does not know is kept in `unknown`, so that a test fails that makes the console send it.
package struct VirtualTerminal {
    package private(set) var columns: Int
    package private(set) var rows: Int
    private var cells: [[String]]
    package private(set) var cursor = (row: 0, column: 0)
    /// The last column is filled, and the next character wraps.
    private var isWrapping = false
    package private(set) var bellCount = 0
    package private(set) var unknown: [String] = []
    /// Whether any escape sequence arrived at all.
    package private(set) var hasEscapes = false
    private var pending: [UInt8] = []

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    /// The screen's lines without the spaces at their ends, down to the last that has text or the cursor.
    package var lines: [String] {
        var lines = cells.map { row in
            let text = row.joined()
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
        while let last = lines.last, last.isEmpty, lines.count > cursor.row + 1 { lines.removeLast() }
        return lines
    }

    /// A new size; rows that are too wide are broken, as most terminals do.
    package mutating func resize(columns newColumns: Int) {
        var rebuilt: [[String]] = []
        var newCursor = cursor
        for (index, row) in cells.enumerated() {
            let used = (row.lastIndex { $0 != " " } ?? -1) + 1
            let extent = max(used, index == cursor.row ? cursor.column + 1 : 0, 1)
            if index == cursor.row {
                newCursor = (rebuilt.count + cursor.column / newColumns, cursor.column % newColumns)
            }
            for start in stride(from: 0, to: extent, by: newColumns) {
                let part = row[start..<min(row.count, start + newColumns)]
                rebuilt.append(part + Array(repeating: " ", count: newColumns - part.count))
            }
        }
        while rebuilt.count > rows, newCursor.row < rebuilt.count - 1 { rebuilt.removeLast() }
        while rebuilt.count > rows {
            rebuilt.removeFirst()
            newCursor.row -= 1
        }
        cells = rebuilt
        (columns, cursor, isWrapping) = (newColumns, newCursor, false)
    }

    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        pending += bytes
        while let first = pending.first {
            if first == 0x1B {
                guard let length = escapeLength() else { return }
                hasEscapes = true
                escape(String(decoding: pending.prefix(length).dropFirst(), as: UTF8.self))
                pending.removeFirst(length)
            } else if first < 0x20 {
                control(first)
                pending.removeFirst()
            } else {
                let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
                guard pending.count >= length else { return }
                for scalar in String(decoding: pending.prefix(length), as: UTF8.self).unicodeScalars {
                    put(scalar)
                }
                pending.removeFirst(length)
            }
        }
    }

    /// The bytes of the sequence at the front, or nil if it has not arrived whole.
    private func escapeLength() -> Int? {
        guard pending.count > 1 else { return nil }
        guard pending[1] == UInt8(ascii: "[") else { return 2 }
        return pending.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }.map { $0 + 1 }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let isWide =
            (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xFF60).contains(scalar.value)
            || scalar.value >= 0x1F300
        if isWrapping || (isWide && cursor.column == columns - 1) {
            newLine()
            cursor.column = 0
        }
        isWrapping = false
        cells[cursor.row][cursor.column] = String(Character(scalar))
        if isWide { cells[cursor.row][cursor.column + 1] = "" }
        cursor.column += isWide ? 2 : 1
        if cursor.column >= columns { (cursor.column, isWrapping) = (columns - 1, true) }
    }

    private mutating func newLine() {
        if cursor.row + 1 < rows {
            cursor.row += 1
        } else {
            cells.removeFirst()
            cells.append(Array(repeating: " ", count: columns))
        }
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x07: bellCount += 1
        case 0x08: cursor.column = max(0, cursor.column - 1)
        case 0x0A: newLine()
        case 0x0D: cursor.column = 0
        default: unknown.append("control \(byte)")
        }
        if byte != 0x07 { isWrapping = false }
    }

    private mutating func escape(_ sequence: String) {
        guard sequence.first == "[", let final = sequence.last else {
            unknown.append(sequence)
            return
        }
        let parameters = sequence.dropFirst().dropLast()
        let number = Int(parameters) ?? 1
        if final != "m" { isWrapping = false }
        switch final {
        case "A": cursor.row = max(0, cursor.row - number)
        case "B": cursor.row = min(rows - 1, cursor.row + number)
        case "C": cursor.column = min(columns - 1, cursor.column + number)
        case "D": cursor.column = max(0, cursor.column - number)
        case "H" where parameters.isEmpty: cursor = (0, 0)
        case "J" where parameters == "2": for row in 0..<rows { erase(row, from: 0) }
        case "J" where parameters.isEmpty:
            erase(cursor.row, from: cursor.column)
            for row in (cursor.row + 1)..<max(rows, cursor.row + 1) { erase(row, from: 0) }
        case "K" where parameters.isEmpty: erase(cursor.row, from: cursor.column)
        case "m": break
        case "h" where parameters == "?2004", "l" where parameters == "?2004": break
        default: unknown.append(sequence)
        }
    }

    private mutating func erase(_ row: Int, from column: Int) {
        for index in column..<columns { cells[row][index] = " " }
    }
}
