import CEditLine
import CommandLanguage
import Glibc

/// A command that keys are bound to; libedit refreshes its own picture after each.
private struct EditCommand {
    let name: String
    let keys: [String]
    /// Gets libedit's return code.
    let function: @convention(c) (OpaquePointer?, Int32) -> UInt8
}

private let refresh = UInt8(CC_REFRESH)
private let endLine = UInt8(CC_NEWLINE)

/// libedit's own commands that ours go through, on keys that no keyboard has.
private enum PrivateKey {
    static let setMark = "\u{1B}[9001~"
    static let killRegion = "\u{1B}[9002~"
    static let nextWord = "\u{1B}[9003~"
    static let nextCharacter = "\u{1B}[9004~"
    /// Without taking over a suggestion.
    static let rowEnd = "\u{1B}[9005~"
}

private let commands: [EditCommand] = [
    EditCommand(name: "cairn-enter", keys: ["\r", "\n"]) { editor, _ in
        EditLineReader.of(editor)?.enter() ?? endLine
    },
    EditCommand(name: "cairn-newline", keys: ["\u{1B}\r", "\u{1B}\n"]) { editor, _ in
        EditLineReader.of(editor)?.insertLine()
        return refresh
    },
    EditCommand(name: "cairn-complete", keys: ["\t"]) { editor, _ in
        EditLineReader.of(editor)?.complete()
        return refresh
    },
    EditCommand(name: "cairn-up", keys: ["\u{1B}[A", "\u{1B}OA", "\u{10}"]) { editor, _ in
        EditLineReader.of(editor)?.moveUp()
        return refresh
    },
    EditCommand(name: "cairn-down", keys: ["\u{1B}[B", "\u{1B}OB", "\u{0E}"]) { editor, _ in
        EditLineReader.of(editor)?.moveDown()
        return refresh
    },
    EditCommand(name: "cairn-right", keys: ["\u{1B}[C", "\u{1B}OC", "\u{06}"]) { editor, _ in
        EditLineReader.of(editor)?.moveRight()
        return refresh
    },
    EditCommand(name: "cairn-next-word", keys: ["\u{1B}[1;5C", "\u{1B}[1;3C", "\u{1B}[5C", "\u{1B}f"]) {
        editor, _ in
        EditLineReader.of(editor)?.moveToNextWord()
        return refresh
    },
    EditCommand(name: "cairn-older", keys: ["\u{1B}[5~", "\u{1B}<"]) { editor, _ in
        EditLineReader.of(editor)?.showHistory(by: -1)
        return refresh
    },
    EditCommand(name: "cairn-newer", keys: ["\u{1B}[6~", "\u{1B}>"]) { editor, _ in
        EditLineReader.of(editor)?.showHistory(by: 1)
        return refresh
    },
    EditCommand(
        name: "cairn-row-start", keys: ["\u{01}", "\u{1B}[H", "\u{1B}OH", "\u{1B}[1~", "\u{1B}[7~"]
    ) { editor, _ in
        EditLineReader.of(editor)?.moveToRowStart()
        return refresh
    },
    EditCommand(
        name: "cairn-row-end", keys: ["\u{05}", "\u{1B}[F", "\u{1B}OF", "\u{1B}[4~", "\u{1B}[8~"]
    ) { editor, _ in
        EditLineReader.of(editor)?.moveToRowEnd()
        return refresh
    },
    EditCommand(name: "cairn-typed-row-end", keys: [PrivateKey.rowEnd]) { editor, _ in
        EditLineReader.of(editor)?.moveToTypedRowEnd()
        return refresh
    },
    EditCommand(name: "cairn-delete", keys: ["\u{04}", "\u{1B}[3~"]) { editor, key in
        EditLineReader.of(editor)?.deleteForward(isControlD: key == 4) ?? endLine
    },
    EditCommand(name: "cairn-kill-row-end", keys: ["\u{0B}"]) { editor, _ in
        EditLineReader.of(editor)?.killToRowEnd()
        return refresh
    },
    EditCommand(name: "cairn-kill-row-start", keys: ["\u{15}"]) { editor, _ in
        EditLineReader.of(editor)?.killToRowStart()
        return refresh
    },
    EditCommand(name: "cairn-brace", keys: ["}"]) { editor, _ in
        EditLineReader.of(editor)?.closeBlock()
        return refresh
    },
    EditCommand(name: "cairn-clear", keys: ["\u{0C}"]) { editor, _ in
        EditLineReader.of(editor)?.screen.clear()
        return refresh
    },
    EditCommand(name: "cairn-search", keys: ["\u{12}"]) { editor, _ in
        EditLineReader.of(editor)?.searchHistory()
        return refresh
    },
    EditCommand(name: "cairn-paste", keys: ["\u{1B}[200~"]) { editor, _ in
        EditLineReader.of(editor)?.paste()
        return refresh
    },
]

/// Keys for commands that libedit has.
private let builtInKeys: [(key: String, command: String)] = [
    ("\u{17}", "ed-delete-prev-word"),
    (PrivateKey.nextWord, "em-next-word"), (PrivateKey.nextCharacter, "ed-next-char"),
    ("\u{1B}[1;5D", "ed-prev-word"), ("\u{1B}[1;3D", "ed-prev-word"), ("\u{1B}[5D", "ed-prev-word"),
    (PrivateKey.setMark, "em-set-mark"), (PrivateKey.killRegion, "em-kill-region"),
]

extension EditLineReader {
    /// The escape sequences that keys are bound to, libedit's arrows among them.
    static var sequences: [String] {
        commands.flatMap(\.keys) + builtInKeys.map(\.key) + ["\u{1B}[D", "\u{1B}[201~"]
    }

    func bindKeys(of editor: OpaquePointer) {
        // A command must exist before a key is bound to it.
        for command in commands {
            _ = ceditline_add_command(editor, command.name, command.name, command.function)
            for key in command.keys {
                _ = ceditline_bind(editor, EditLineReader.notation(of: key), command.name)
            }
        }
        // Without a locale that knows them, accented letters would be taken for Meta keys: one deletes a word.
        for letter in 0xA0...0xFF { _ = ceditline_bind(editor, "\\" + String(letter, radix: 8), "ed-insert") }
        for (key, command) in builtInKeys {
            _ = ceditline_bind(editor, EditLineReader.notation(of: key), command)
        }
    }

    /// Control characters as libedit's `bind` reads them: `\033`.
    private static func notation(of key: String) -> String {
        key.unicodeScalars.map { scalar in
            guard scalar.value < 0x20 else { return String(Character(scalar)) }
            let octal = String(scalar.value, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
        }.joined()
    }

    // MARK: Lines and blocks

    /// The rows of the text, and in which of them, how far from its start, the cursor is.
    private var rows: (rows: [[Unicode.Scalar]], row: Int, column: Int) {
        let (text, cursor) = buffer
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        let before = text.prefix(cursor)
        let row = before.count { $0 == "\n" }
        return (rows, row, before.count - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0))
    }

    /// Enter: ends the entry if the shell can take it, else goes on in a new row.
    fileprivate func enter() -> UInt8 {
        let text = EditLineReader.text(buffer.text)
        if case .incomplete = shell.status(of: text) {
            insertLine()
            return refresh
        }
        moveCursor(by: buffer.text.count)
        drawFinished()
        screen.end()
        outcome = .entry(text)
        return endLine
    }

    /// A new row, indented by two spaces for each block that is open at the cursor.
    fileprivate func insertLine() {
        let (text, cursor) = buffer
        var indent = 0
        if case .incomplete(let depth) = shell.status(of: EditLineReader.text(text.prefix(cursor))) {
            indent = 2 * depth
        }
        insert("\n" + String(repeating: " ", count: indent))
    }

    /// `}` as the first character of a row stands two spaces further left.
    fileprivate func closeBlock() {
        let (rows, row, column) = rows
        if row > 0, column >= 2, rows[row].prefix(column).allSatisfy({ $0 == " " }) { deleteBackward(2) }
        insert("}")
    }

    fileprivate func moveUp() {
        let (rows, row, column) = rows
        guard row > 0 else { return showHistory(by: -1) }
        moveCursor(by: -(column + 1 + rows[row - 1].count - min(column, rows[row - 1].count)))
    }

    fileprivate func moveDown() {
        let (rows, row, column) = rows
        guard row + 1 < rows.count else { return showHistory(by: 1) }
        moveCursor(by: rows[row].count - column + 1 + min(column, rows[row + 1].count))
    }

    fileprivate func moveToRowStart() { moveCursor(by: -rows.column) }

    fileprivate func moveToRowEnd() {
        if let suggestion { return insert(suggestion) }
        moveToTypedRowEnd()
    }

    fileprivate func moveToTypedRowEnd() {
        let (rows, row, column) = rows
        moveCursor(by: rows[row].count - column)
    }

    /// One character to the right; at the end of the text takes over what is suggested.
    fileprivate func moveRight() {
        if let suggestion { return insert(suggestion) }
        moveCursor(by: 1)
    }

    /// One word to the right; at the end of the text takes over a word of what is suggested.
    fileprivate func moveToNextWord() {
        guard let suggestion else { return push(PrivateKey.nextWord) }
        let gap = suggestion.prefix { $0 == " " }
        insert(String(gap + suggestion.dropFirst(gap.count).prefix { !$0.isWhitespace }))
    }

    /// Ctrl-D ends the session on an empty entry; elsewhere it deletes, as Delete does.
    fileprivate func deleteForward(isControlD: Bool) -> UInt8 {
        let (text, cursor) = buffer
        if text.isEmpty, isControlD {
            drawFinished()
            screen.end()
            outcome = .endOfInput
            return endLine
        }
        if cursor < text.count {
            moveCursor(by: 1)
            deleteBackward(1)
        }
        return refresh
    }

    /// Cuts the rest of the row, or its end if there is no rest; Ctrl-Y pastes it.
    fileprivate func killToRowEnd() {
        let (rows, row, column) = rows
        let isAtEnd = column == rows[row].count
        push(
            PrivateKey.setMark + (isAtEnd ? PrivateKey.nextCharacter : PrivateKey.rowEnd)
                + PrivateKey.killRegion)
    }

    fileprivate func killToRowStart() { push(PrivateKey.setMark + "\u{01}" + PrivateKey.killRegion) }

    // MARK: History

    /// Shows an older (-1) or newer (1) entry, or again the one that was being typed.
    fileprivate func showHistory(by step: Int) {
        let index = historyIndex + step
        guard (0...history.entries.count).contains(index) else { return }
        if historyIndex == history.entries.count { draft = EditLineReader.text(buffer.text) }
        historyIndex = index
        replace(with: index == history.entries.count ? draft : history.entries[index])
    }

    /// Ctrl-R: shows the newest entry with the text that is typed; Ctrl-R again an older one; Ctrl-G goes back.
    fileprivate func searchHistory() {
        let (start, startIndex) = (EditLineReader.text(buffer.text), historyIndex)
        if historyIndex == history.entries.count { draft = start }
        defer { searchStatus = nil }
        var query = ""
        var isFound = true
        func find(before index: Int) {
            guard let match = history.search(query, before: index) else {
                isFound = query.isEmpty
                return
            }
            isFound = true
            historyIndex = match
            replace(with: history.entries[match])
        }
        while true {
            searchStatus = StyledText((isFound ? "search: " : "not found: ") + query)
            guard let key = nextKey() else { return }
            switch key {
            case "\u{12}": find(before: query.isEmpty ? 0 : historyIndex)
            case "\u{07}":
                historyIndex = startIndex
                return replace(with: start)
            case "\u{7F}", "\u{08}":
                query = String(query.dropLast())
                if !query.isEmpty { find(before: history.entries.count) }
            case _ where key.value >= 0x20:
                query.unicodeScalars.append(key)
                find(before: min(historyIndex + 1, history.entries.count))
            default:
                // Any other key ends the search and does what it does.
                return push(String(Character(key)))
            }
        }
    }

    // MARK: Pasting and completing

    /// Inserts what the terminal brackets, with its lines and tabs; Enter then runs it.
    fileprivate func paste() {
        var pasted: [Unicode.Scalar] = []
        let end = Array("\u{1B}[201~".unicodeScalars)
        while !pasted.suffix(end.count).elementsEqual(end) {
            guard let key = nextKey() else { return }
            pasted.append(key)
        }
        var text = EditLineReader.text(pasted.dropLast(end.count))
        text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if text.last == "\n" { text.removeLast() }
        insert(
            EditLineReader.text(
                text.unicodeScalars.filter {
                    $0.value >= 0x20 && $0.value != 0x7F || "\n\t".unicodeScalars.contains($0)
                }))
    }

    /// Tab: completes the word at the cursor, or lists what it could be; indents a row that is empty so far.
    fileprivate func complete() {
        let (scalars, cursor) = buffer
        let (rows, row, column) = rows
        if row > 0, rows[row].prefix(column).allSatisfy({ $0 == " " }) { return insert("  ") }
        let text = EditLineReader.text(scalars)
        let offset = EditLineReader.text(scalars.prefix(cursor)).utf8.count
        switch CompletionMenu(shell.completions(in: text, at: offset), in: text, at: offset) {
        case .nothing: output.write("\u{07}")
        case .list(let items): show(items)
        case .replace(let range, let replacement):
            let bytes = Array(text.utf8)
            let end = String(decoding: bytes[..<range.upperBound], as: UTF8.self).unicodeScalars.count
            moveCursor(by: end - cursor)
            deleteBackward(String(decoding: bytes[range], as: UTF8.self).unicodeScalars.count)
            insert(replacement)
        }
    }

    private func show(_ items: [CompletionList.Item]) {
        drawFinished()
        screen.end()
        let terminal = screen.terminal
        let lines = CompletionMenu.lines(
            items, width: terminal.width - 1, limit: max(4, min(20, terminal.height - 4)),
            cutMark: terminal.cutMark)
        output.write(lines.map { terminal.paint($0) + "\r\n" }.joined())
    }
}
