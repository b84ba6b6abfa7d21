import Console
import Testing

struct EntryLayoutTests {
    private func layout(_ text: String, cursor: Int? = nil, columns: Int = 10) -> EntryLayout {
        let scalars = Array(text.unicodeScalars)
        return EntryLayout(scalars, cursor: cursor ?? scalars.count, columns: columns)
    }

    @Test(arguments: [
        ("", [""], 0, 0), ("abc", ["abc"], 0, 3), ("ab\ncd", ["ab", "cd"], 1, 2), ("ab\n", ["ab", ""], 1, 0),
        ("abcdefghijkl", ["abcdefghij", "kl"], 1, 2), ("abcdefghij", ["abcdefghij", ""], 1, 0),
        // A wide character does not stand across two rows.
        ("abcdefghi\u{65E5}", ["abcdefghi", "\u{65E5}"], 1, 2), ("a\tb", ["a   b"], 0, 5),
        ("a\u{1B}b", ["a^[b"], 0, 4),
        ("e\u{301}x", ["e\u{301}x"], 0, 2),
    ]) func rowsAndTheCursorBehindThem(_ text: String, _ rows: [String], _ row: Int, _ column: Int) {
        let layout = layout(text)
        #expect(layout.rows.map(\.text) == rows)
        #expect((layout.cursorRow, layout.cursorColumn) == (row, column))
    }

    @Test func marginsTellLinesFromRows() {
        #expect(layout("abcdefghijkl\nm").rows.map(\.margin) == [.prompt, .blank, .continuation])
    }

    @Test func cursorBehindAFullRowThatIsNotTheLast() {
        let layout = layout("abcdefghij\nk", cursor: 10)
        #expect(layout.rows.map(\.text) == ["abcdefghij", "", "k"])
        #expect((layout.cursorRow, layout.cursorColumn) == (1, 0))
    }

    @Test(arguments: 0...24) func cursorIsWithinTheRoom(_ cursor: Int) {
        let layout = layout("abcdefghij\nklmnopqrstuvw", cursor: cursor)
        #expect(layout.rows.indices.contains(layout.cursorRow) && (0..<10).contains(layout.cursorColumn))
    }

    @Test(arguments: [
        (["cairn"], 80, "cairn> ", "  ...> "),
        (["cairn", "lenet", "3"], 80, "cairn lenet 3> ", "          ...> "),
        (["cairn", "a-very-long-name"], 30, "> ", "> "), (["x"], 80, "x> ", " > "),
    ]) func continuationIsAsWideAsThePrompt(_ words: [String], _ width: Int, _ first: String, _ next: String)
    {
        let prompt = Prompt(words: words, width: width)
        #expect(prompt.first.plain == first && prompt.continuation.plain == next)
    }
}
