/// Words that people type out of habit from elsewhere, with the way it is said here.
package struct ForeignHabit: Sendable {
    /// What is typed.
    package let words: [String]
    /// What to type instead.
    package let hint: String
    /// The command that the hint is about: no hint without it.
    package let command: String?

    package init(_ words: [String], _ hint: String, command: String? = nil) {
        self.words = words
        self.hint = hint
        self.command = command
    }

    /// Habits from shells and other languages.
    static let own: [ForeignHabit] = [
        ForeignHabit(
            ["import", "from", "require", "include", "use"],
            "nothing needs importing; `help` lists the commands"),
        ForeignHabit(["bye", "q", ":q", "logout", "stop"], "`quit`"),
        ForeignHabit(["elif", "elseif", "elsif"], "`} else if (condition) {`"),
        ForeignHabit(["var", "val", "const", "set"], "`let x = 5`"),
        ForeignHabit(["function", "fn", "func", "proc"], "`def name(x) { }`"),
        ForeignHabit(["foreach", "loop", "do"], "`for x in [1, 2, 3] { }` or `repeat 3 { }`"),
        ForeignHabit(["assert"], "`expect (condition)`"),
        ForeignHabit(["echo", "puts", "printf", "println", "show", "disp"], "`print`", command: "print"),
        ForeignHabit(["pass", "end", "endif", "done", "fi"], "blocks stand in `{ }`"),
        ForeignHabit(["man", "?", "usage", "--help", "-h"], "`help` or `help command`", command: "help"),
        ForeignHabit(["search", "find", "lookfor"], "`apropos word`", command: "apropos"),
        ForeignHabit(
            ["pip", "python", "python3", "conda", "ls", "cd", "cat", "sudo"],
            "this is not a system shell; `quit` leaves"),
    ]

    /// The hint for a word, if its command exists.
    static func hint(for word: String, among habits: [ForeignHabit], knowing catalog: Catalog) -> String? {
        habits.first { habit in
            habit.words.contains(word) && habit.command.map { catalog.command($0) != nil } ?? true
        }?.hint
    }
}
