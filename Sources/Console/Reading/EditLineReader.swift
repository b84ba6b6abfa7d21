import CEditLine
import CommandLanguage
import Glibc

/// Reads entries that are edited in a terminal, with libedit's keys (Emacs style), history and completion.
///
/// libedit keeps the text, the cursor, the kill buffer and the key map; `EntryScreen` draws. The commands that know
/// about blocks, history and completion are in `EditLineReader+Commands`.
package final class EditLineReader: LineReader {
    let shell: any Shell
    let history: History
    let output: Output
    let screen: EntryScreen
    private var input: KeyInput
    private var editor: OpaquePointer?
    /// Where libedit draws, unseen.
    private let nowhere: UnsafeMutablePointer<FILE>?

    /// Set by the command that ends the entry.
    var outcome: ReadOutcome?
    /// The place in the history that is shown; its count for the entry that was not there before.
    var historyIndex = 0
    /// That entry, while an older one is shown.
    var draft = ""
    /// What Ctrl-R looks for, shown under the entry.
    var searchStatus: StyledText?

    /// - Returns: Nil if standard input cannot be edited.
    package init?(shell: any Shell, history: History, output: Output, terminal: Terminal) {
        guard isatty(STDIN_FILENO) == 1, isatty(output.descriptor) == 1 else { return nil }
        self.shell = shell
        self.history = history
        self.output = output
        screen = EntryScreen(output: output, terminal: terminal)
        input = KeyInput(descriptor: STDIN_FILENO, known: EditLineReader.sequences)
        nowhere = fopen("/dev/null", "we")
        editor = el_init_fd(
            "cairn", nowhere, nowhere, nowhere, STDIN_FILENO, output.descriptor, output.descriptor)
        guard let editor else { return nil }
        _ = ceditline_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
        _ = ceditline_set_signal_handling(editor, 0)
        _ = ceditline_remove_prompt(editor)
        _ = ceditline_set_reader(editor) { editor, character in
            guard let reader = EditLineReader.of(editor), let character else { return -1 }
            return reader.readCharacter(into: character)
        }
        _ = ceditline_set_editor(editor, "emacs")
        bindKeys(of: editor)
    }

    deinit {
        if let editor { el_end(editor) }
        if let nowhere { fclose(nowhere) }
    }

    package func readEntry(prompt: [String]) -> ReadOutcome {
        (outcome, historyIndex, draft, searchStatus) = (nil, history.entries.count, "", nil)
        screen.promptWords = prompt
        Signals.state.isReading.store(true, ordering: .relaxed)
        defer { Signals.state.isReading.store(false, ordering: .relaxed) }
        output.write(EditLineReader.pasteOn)
        screen.begin()

        var count: Int32 = 0
        let line = el_wgets(editor, &count)

        output.write(EditLineReader.pasteOff)
        if outcome == nil, Interrupt.isPending {
            screen.end(mark: "^C")
            return .interrupted
        }
        if outcome == nil {
            // The line ended by a key of libedit's own, or the terminal is gone.
            screen.end()
            if count > 0, let line {
                outcome = .entry(EditLineReader.text(EditLineReader.scalars(line, count: Int(count) - 1)))
            }
        }
        if case .entry(let text) = outcome { history.append(text) }
        return outcome ?? .endOfInput
    }

    // The terminal marks what is pasted (xterm, "bracketed paste").
    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"

    static func of(_ editor: OpaquePointer?) -> EditLineReader? {
        guard let client = ceditline_client(editor) else { return nil }
        return Unmanaged<EditLineReader>.fromOpaque(client).takeUnretainedValue()
    }

    // MARK: The text being edited

    /// The text and how many scalars of it are before the cursor.
    var buffer: (text: [Unicode.Scalar], cursor: Int) {
        guard let line = el_wline(editor)?.pointee, let start = line.buffer, let end = line.lastchar else {
            return ([], 0)
        }
        return (EditLineReader.scalars(start, count: end - start), line.cursor.map { $0 - start } ?? 0)
    }

    private static func scalars(_ start: UnsafePointer<wchar_t>, count: Int) -> [Unicode.Scalar] {
        UnsafeBufferPointer(start: start, count: count).map {
            Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
        }
    }

    /// The text as C's wide characters, ended by 0.
    private static func wide(_ text: String) -> [wchar_t] {
        text.unicodeScalars.filter { $0 != "\0" }.map { wchar_t(bitPattern: $0.value) } + [0]
    }

    static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    func insert(_ text: String) { _ = el_winsertstr(editor, EditLineReader.wide(text)) }

    func moveCursor(by distance: Int) { _ = el_cursor(editor, Int32(clamping: distance)) }

    /// Deletes scalars before the cursor.
    func deleteBackward(_ count: Int) { el_deletestr(editor, Int32(clamping: count)) }

    /// Replaces everything; the cursor goes to the end.
    func replace(with text: String) {
        let (old, cursor) = buffer
        moveCursor(by: old.count - cursor)
        deleteBackward(old.count)
        insert(text)
    }

    /// Puts keys before those that will be typed.
    func push(_ keys: String) { el_wpush(editor, EditLineReader.wide(keys)) }

    /// As it is being edited: with what the history suggests behind the text, and what is expected there below.
    func draw() {
        let (text, cursor) = buffer
        guard searchStatus == nil, cursor == text.count else {
            return screen.draw(text, cursor: cursor, status: searchStatus)
        }
        screen.draw(text, cursor: cursor, ghost: suggestion ?? "", status: shell.hint(for: Self.text(text)))
    }

    /// As it is entered: the text alone.
    func drawFinished() {
        let (text, cursor) = buffer
        screen.draw(text, cursor: cursor)
    }

    /// How an entry of the history goes on from the text, while the cursor is at its end; none where a faint text
    /// could be taken for a typed one.
    var suggestion: String? {
        let (text, cursor) = buffer
        guard cursor == text.count, historyIndex == history.entries.count, screen.terminal.colors != .none
        else { return nil }
        return history.continuation(of: Self.text(text))
    }

    // MARK: Keys

    /// A key that a command of ours waits for; nil on Ctrl-C and at the end of the input.
    func nextKey() -> Unicode.Scalar? {
        var character: wchar_t = 0
        return el_wgetc(editor, &character) == 1 ? Unicode.Scalar(UInt32(bitPattern: character)) : nil
    }

    /// libedit's reader of characters: draws when nothing more has been typed, and serves the signals while it waits.
    ///
    /// - Returns: 1; -1 on Ctrl-C; 0 at the end of the input.
    private func readCharacter(into character: UnsafeMutablePointer<wchar_t>) -> Int32 {
        while true {
            if serveSignals() { return -1 }
            if let scalar = input.next() {
                character.pointee = wchar_t(bitPattern: scalar.value)
                return 1
            }
            if !Signals.waitForInput(on: STDIN_FILENO, milliseconds: 0) {
                if serveSignals() { return -1 }
                draw()
                guard Signals.waitForInput(on: STDIN_FILENO) else { continue }
            }
            if !input.fill() { return 0 }
        }
    }

    /// - Returns: Whether Ctrl-C was pressed.
    private func serveSignals() -> Bool {
        let state = Signals.state
        if state.isInterrupted.load(ordering: .relaxed) {
            input.clear()
            return true
        }
        if state.isSuspending.exchange(false, ordering: .relaxed) {
            screen.end(mark: "^Z")
            output.write(EditLineReader.pasteOff)
            _ = ceditline_prepare_terminal(editor, 0)
            state.isContinued.store(true, ordering: .relaxed)
            Signals.suspend()
        }
        if state.isContinued.exchange(false, ordering: .relaxed) {
            // Whoever ran meanwhile may have left the terminal in other modes, and the cursor anywhere.
            _ = ceditline_prepare_terminal(editor, 0)
            _ = ceditline_prepare_terminal(editor, 1)
            output.write("\r" + EditLineReader.pasteOn)
            screen.begin()
        }
        if state.isResized.exchange(false, ordering: .relaxed) { screen.resize() }
        return false
    }
}
