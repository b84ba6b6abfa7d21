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

    /// Habits from shells, Python and its libraries for networks.
    package static let common: [ForeignHabit] = [
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
        ForeignHabit(
            ["model.fit", "fit", "trainer.fit", "model.train"], "`train 3` trains for three epochs",
            command: "train"),
        ForeignHabit(
            ["model.compile", "compile", "optim.SGD", "torch.optim.SGD", "torch.optim.Adam", "optim.Adam"],
            "`optimizer adam rate=0.001` sets the optimizer", command: "optimizer"),
        ForeignHabit(
            ["optimizer.step", "loss.backward", "optimizer.zero_grad"], "`step 1` makes one update",
            command: "step"),
        ForeignHabit(["model.eval", "model.evaluate", "model.predict"], "`evaluate`", command: "evaluate"),
        ForeignHabit(
            ["nn.Sequential", "Sequential", "torch.nn.Sequential", "keras.Sequential"], "`model name { }`",
            command: "model"),
        ForeignHabit(["torch.save", "model.save"], "`save file`", command: "save"),
        ForeignHabit(["torch.load", "model.load"], "`load file`", command: "load"),
        ForeignHabit(["plt.plot", "plt.show"], "`plot`", command: "plot"),
        ForeignHabit(["model.summary", "summary"], "`help` lists what shows the model"),
    ]

    /// The hint for a word, if its command exists.
    static func hint(for word: String, among habits: [ForeignHabit], knowing catalog: Catalog) -> String? {
        habits.first { habit in
            habit.words.contains(word) && habit.command.map { catalog.command($0) != nil } ?? true
        }?.hint
    }
}
