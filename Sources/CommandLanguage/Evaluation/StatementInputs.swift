/// What the evaluation of one statement reads from outside of it.
struct StatementInputs {
    /// How many `def`s run around the statement.
    let level: Int
    /// Variables, in the order they were first read.
    private(set) var read: [String] = []
    /// What the statement's own block has set.
    private var own: Set<String> = []

    init(level: Int) { self.level = level }

    /// A variable of a `def` that the statement calls comes from inside.
    mutating func note(readOf name: String, isLocal: Bool, level: Int) {
        guard !(isLocal && level > self.level), !own.contains(name), !read.contains(name) else { return }
        read.append(name)
    }

    mutating func note(settingOf name: String, level: Int) {
        if level == self.level { own.insert(name) }
    }
}
