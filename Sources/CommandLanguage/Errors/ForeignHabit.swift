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

    static let noShell = "this is not a system shell; `quit` leaves, Ctrl-Z waits"

    /// Habits from shells and other languages.
    static let own: [ForeignHabit] = [
        ForeignHabit(
            ["import", "from", "require", "include", "use"],
            "nothing needs importing; `help` lists the commands"),
        ForeignHabit(["bye", "q", ":q", ":q!", ":wq", ":x", "logout", "stop", "abort"], "`quit`"),
        ForeignHabit([":help", ":h"], "`help`", command: "help"),
        ForeignHabit(["//", "/*", "*/", "--", "rem"], "`#` starts a comment"),
        ForeignHabit(["else:", "elif", "elseif", "elsif"], "`} else if (condition) {`"),
        ForeignHabit(["var", "val", "const", "set", "global", "nonlocal"], "`let x = 5`"),
        ForeignHabit(["function", "fn", "func", "proc", "lambda", "macro"], "`def name(x) { }`"),
        ForeignHabit(["foreach", "loop", "do"], "`for x in [1, 2, 3] { }` or `repeat 3 { }`"),
        ForeignHabit(["assert"], "`expect (condition)`"),
        ForeignHabit(
            ["class", "struct", "with", "try", "except", "async", "await", "yield", "del"],
            "there is no such thing here; `help language` lists what there is"),
        ForeignHabit(["input", "open", "eval", "exec"], "a script cannot do this; `help` lists what it can"),
        ForeignHabit(["clear", "cls"], "Ctrl-L clears the screen"),
        ForeignHabit(["echo", "puts", "printf", "println", "show", "disp"], "`print`", command: "print"),
        ForeignHabit(["pass", "end", "endif", "done", "fi"], "blocks stand in `{ }`"),
        ForeignHabit(["man", "?", "usage", "--help", "-h"], "`help` or `help command`", command: "help"),
        ForeignHabit(["search", "find", "lookfor"], "`apropos word`", command: "apropos"),
        ForeignHabit(
            [
                "pip", "pip3", "python", "python3", "conda", "ls", "dir", "cd", "pwd", "cat", "less", "rm",
                "cp", "mv",
                "mkdir", "sudo", "git", "vim", "vi", "nano", "emacs", "make", "bash", "sh", "top",
                "nvidia-smi",
            ], noShell),
    ]

    /// The hint for a word, if its command exists.
    static func hint(for word: String, among habits: [ForeignHabit], knowing catalog: Catalog) -> String? {
        habits.first { habit in
            habit.words.contains(word) && habit.command.map { catalog.command($0) != nil } ?? true
        }?.hint
    }
}
